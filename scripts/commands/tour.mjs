// `npm run tour [-- story]`: drives the app through a story, with screenshots, in out/tour/.
import { join } from 'node:path';
import { electronEnvironment, withDisplay } from '../setup/environment.mjs';
import { run } from '../setup/processes.mjs';
import { buildApp } from './build.mjs';

/** Builds the app and runs a story in it. Answers with the exit code. */
export async function runTour(root, env, args) {
  const built = await buildApp(root, env);
  if (built !== 0) return built;
  const tour = join(root, 'test', 'tour', 'main.ts');
  return withDisplay(env, (shown) => run(process.execPath, [tour, ...args], { cwd: root, env: shown }));
}

/** The command; its exit code. */
export async function tour(root, args) {
  const { env } = await electronEnvironment(root);
  return runTour(root, env, args.length > 0 ? args : ['main']);
}
