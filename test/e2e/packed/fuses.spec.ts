import { spawn } from 'node:child_process';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '../desk.ts';

/** How a fuse stands in the binary (@electron/fuses: '0' and '1'). */
const OFF = 48;
const ON = 49;

/** The fuses of the security list, as the packed app must carry them. */
const WANTED: readonly (readonly [option: FuseV1Options, state: typeof OFF | typeof ON])[] = [
  [FuseV1Options.RunAsNode, OFF],
  [FuseV1Options.EnableCookieEncryption, ON],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, OFF],
  [FuseV1Options.EnableNodeCliInspectArguments, OFF],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, ON],
  [FuseV1Options.OnlyLoadAppFromAsar, ON],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, OFF],
];

test('the packed app carries the fuses of the security list', async ({ packed }) => {
  const wire = await getCurrentFuseWire(packed ?? '');
  for (const [option, state] of WANTED)
    expect([FuseV1Options[option], wire[option]]).toEqual([FuseV1Options[option], state]);
});

test('the packed app is no Node: ELECTRON_RUN_AS_NODE runs nothing', async ({ packed, folder }) => {
  const child = spawn(packed ?? '', ['-e', 'process.stdout.write("ran as node")'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', REVIEW_DESK_USER_DATA: folder, DISPLAY: '' },
  });
  let output = '';
  child.stdout.on('data', (bytes) => {
    output += String(bytes);
  });
  await new Promise((resolve) => child.once('exit', resolve));
  expect(output).not.toContain('ran as node');
});
