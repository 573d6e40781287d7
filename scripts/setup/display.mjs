// A display: the one that is there, or an Xvfb of our own.
import { ended, start, stop } from './processes.mjs';
import { SetupError } from './report.mjs';

const SCREEN = '1920x1080x24';

/** Whether a window can be opened without starting a display ourselves. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts Xvfb on a free display.
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>}
 * @throws {SetupError}
 */
export async function startDisplay() {
  const xvfb = start('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    background: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  xvfb.stderr.on('data', (text) => {
    complaint += text;
  });
  const number = new Promise((resolve) => {
    xvfb.stdio[3].once('data', (text) => resolve(String(text).trim()));
  });
  const failed = ended(xvfb).then(
    (code) => ({ code }),
    (error) => ({ code: error.code }),
  );
  const first = await Promise.race([number, failed]);
  if (typeof first !== 'string') {
    throw new SetupError(
      'Xvfb did not start',
      complaint.trim() || `it ended with ${first.code}`,
      'set DISPLAY to a display that works',
    );
  }
  return { display: `:${first}`, stop: () => stop(xvfb) };
}
