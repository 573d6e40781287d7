// One first synchronisation by the workstation as shipped, in a process of its own:
// `node sync-process.ts <folder> <service>`; prints one JSON line.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { until } from '../helpers/until.ts';
import { reviewerAt } from './desk.ts';
import { openHeadless } from './headless.ts';
import { clock } from './measure.ts';

const [folder = '', service = ''] = process.argv.slice(2);
const desk = openHeadless(folder);
const delays = monitorEventLoopDelay({ resolution: 1 });
await desk.signIn(reviewerAt(service));
delays.enable();
const began = clock();
await until('everything is here', () => desk.status().sync.phase === 'done', 110_000);
const ms = clock() - began;
delays.disable();
const { bytes, images } = desk.status().sync;
console.log(
  JSON.stringify({
    ms,
    bytes: bytes.done,
    images: images.done,
    blockedMax: delays.max / 1e6,
    blockedP99: delays.percentile(99) / 1e6,
  }),
);
await desk.close();
