/** Every kind of fault that the harness provokes, with what it does. Names are those of the report. */
export const KINDS = [
  /** kill -9 of the workstation at a random moment of its work. */
  'kill',
  /** kill -9 in the n-th pwrite64, and in the n-th fsync. */
  'kill-at-write',
  'kill-at-sync',
  /** The n-th pwrite64 or fsync fails: a broken disk, a full one. */
  'eio-at-write',
  'eio-at-sync',
  'enospc-at-write',
  'enospc-at-sync',
  /** The file system of the profile is full. */
  'disk-full',
  /** The power goes: what was not synced is lost, in part or whole. */
  'power-cut',
  /** Answers end in the middle of their body: by a reset, by an orderly end, or by silence. */
  'line-reset',
  'line-ended',
  'line-stalled',
  /** The service has committed, and the answer never arrives. */
  'answer-dropped',
  /** Every fifth packet is lost. */
  'packet-loss',
  'service-killed',
  /** The service comes back with the data of an old backup. */
  'service-restored',
  /** The workstation's clock is a year off, or jumps to and fro. */
  'clock-shifted',
  'clock-jumping',
  /** Two workstations decide on one submission. */
  'two-desks',
  /** A supervisor gives a submission to somebody else while its reviewer works on it offline. */
  'claim-taken',
  /** The candidate replaces pictures while another workstation decides on the old ones. */
  'pictures-replaced',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds by strace: which system calls, and what happens in them. */
export const INJECTIONS = {
  'kill-at-write': { calls: 'pwrite64', what: 'signal=SIGKILL', most: 90 },
  'kill-at-sync': { calls: 'fsync,fdatasync', what: 'signal=SIGKILL', most: 5 },
  'eio-at-write': { calls: 'pwrite64', what: 'error=EIO', most: 90 },
  'eio-at-sync': { calls: 'fsync,fdatasync', what: 'error=EIO', most: 5 },
  'enospc-at-write': { calls: 'pwrite64', what: 'error=ENOSPC', most: 90 },
  'enospc-at-sync': { calls: 'fsync,fdatasync', what: 'error=ENOSPC', most: 5 },
} as const;
export type Injection = keyof typeof INJECTIONS;

export function isInjection(kind: Kind): kind is Injection {
  return kind in INJECTIONS;
}

/** Kinds of the line between workstation and service. */
export const LINE_KINDS = ['line-reset', 'line-ended', 'line-stalled', 'answer-dropped'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export function isLineKind(kind: Kind): kind is LineKind {
  return LINE_KINDS.some((known) => known === kind);
}
