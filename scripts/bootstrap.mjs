// The one entry of all npm commands: `node scripts/bootstrap.mjs <command> [arguments]`. Plain JavaScript that runs on
// Node 18 with nothing installed; gets what is missing, then runs the command under a Node that is new enough.
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newerNode } from './setup/node.mjs';
import { run, stopChildrenWithUs } from './setup/processes.mjs';
import { explain, SetupError } from './setup/report.mjs';

const COMMANDS = [
  'start',
  'test',
  'tour',
  'service',
  'bench',
  'faults',
  'dist',
  'build',
  'check',
  'verify-log',
  'tampering',
];

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) {
    throw new SetupError(
      `there is no command "${command ?? ''}"`,
      'it is not in the list',
      `one of: ${COMMANDS.join(', ')}`,
    );
  }
  if (Number(process.versions.node.split('.')[0]) < 18) {
    throw new SetupError(
      `Node ${process.versions.node} is too old`,
      'even the set-up needs Node 18',
      'install a current Node',
    );
  }
  const here = fileURLToPath(import.meta.url);
  const node = await newerNode();
  if (node) {
    const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
    return run(node, [here, command, ...args], { env });
  }
  const root = dirname(dirname(here));
  process.chdir(root);
  const name = command.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const { [name]: perform } = await import(`./commands/${command}.mjs`);
  return perform(root, args);
}

stopChildrenWithUs();
main().then(
  (code) => process.exit(code),
  (error) => {
    explain(error);
    process.exit(1);
  },
);
