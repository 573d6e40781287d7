import '../main-job.spec.ts';
