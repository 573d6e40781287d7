// System libraries, fonts and build tools on Linux; by apt when we may, otherwise as the one line to type.
import { existsSync } from 'node:fs';
import { alone } from './cache.mjs';
import { ask, run } from './processes.mjs';
import { SetupError, say, ticking } from './report.mjs';

/** Packages by what shows that they are there. Newer releases have some of them under a second name. */
const LIBRARIES = {
  'libgtk-3.so.0': ['libgtk-3-0', 'libgtk-3-0t64'],
  'libnss3.so': ['libnss3'],
  'libasound.so.2': ['libasound2', 'libasound2t64'],
  'libgbm.so.1': ['libgbm1'],
  'libXss.so.1': ['libxss1'],
};
const COMMANDS = { Xvfb: ['xvfb'], xauth: ['xauth'] };
const BUILD_COMMANDS = { python3: ['python3'], make: ['make'], 'g++': ['g++'] };
const CHINESE_FONT = ['fonts-noto-cjk'];

function onPath(command) {
  return (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/bin', '/usr/local/bin')
    .some((folder) => existsSync(`${folder}/${command}`));
}

function hasChineseFont() {
  if (existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return true;
  const fonts = onPath('fc-list') ? ask('fc-list', [':lang=zh-cn', 'family']) : null;
  return fonts !== null && fonts !== '';
}

function missingCommands(commands) {
  return Object.keys(commands)
    .filter((command) => !onPath(command))
    .map((command) => commands[command]);
}

function missingForElectron(needsDisplay) {
  const known = ask('/sbin/ldconfig', ['-p']) ?? ask('ldconfig', ['-p']);
  const libraries = known === null ? [] : Object.keys(LIBRARIES).filter((name) => !known.includes(`\t${name} `));
  return [
    ...libraries.map((name) => LIBRARIES[name]),
    ...(needsDisplay ? missingCommands(COMMANDS) : []),
    ...(hasChineseFont() ? [] : [CHINESE_FONT]),
  ];
}

/** The name under which this release knows a package. */
function nameHere(names) {
  const hasCandidate = (name) => {
    const policy = ask('apt-cache', ['policy', name], { env: { ...process.env, LC_ALL: 'C' } });
    return policy !== null && /Candidate: (?!\(none\))/.test(policy);
  };
  return names.find(hasCandidate) ?? names[0];
}

async function install(missing, purpose) {
  if (missing.length === 0) return;
  if (!onPath('apt-get')) {
    const names = missing.map((names) => names[0]).join(' ');
    throw new SetupError(
      `libraries for ${purpose} are missing`,
      "this is not Debian or Ubuntu, so they can't be installed from here",
      `install what your system has for: ${names}`,
    );
  }
  if (process.getuid() !== 0) {
    const line = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.map(nameHere).join(' ')}`;
    throw new SetupError(
      `system packages for ${purpose} are missing`,
      'only root may install them',
      `type this line, then run the command again:\n\n  ${line}\n`,
    );
  }
  await alone(async () => {
    const apt = (...args) =>
      run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    say(`Installing system packages for ${purpose} (apt-get)`);
    await apt('update');
    const names = missing.map(nameHere);
    say(`  ${names.join(' ')}`);
    const code = await ticking('Installing system packages', () =>
      apt('install', '-y', '--no-install-recommends', ...names),
    );
    if (code !== 0) {
      throw new SetupError(
        `system packages for ${purpose} could not be installed`,
        `apt-get ended with ${code}; its own message is above`,
        `check the network and /etc/apt, or try by hand: apt-get install ${names.join(' ')}`,
      );
    }
  });
}

/**
 * Libraries and fonts for Electron, and Xvfb where there is no display. Nothing to do on Windows and macOS.
 * @param {boolean} needsDisplay whether we start a display ourselves
 * @throws {SetupError}
 */
export async function installLibraries(needsDisplay) {
  if (process.platform === 'linux') await install(missingForElectron(needsDisplay), 'Electron');
}

/**
 * Python, make and a C++ compiler. Nothing to do on Windows and macOS.
 * @throws {SetupError}
 */
export async function installBuildTools() {
  if (process.platform === 'linux') await install(missingCommands(BUILD_COMMANDS), 'building the database module');
}
