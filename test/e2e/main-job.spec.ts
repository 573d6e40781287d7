import { testMainJob } from './stories/main-job-test.ts';

testMainJob();
