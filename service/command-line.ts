import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LOG_LEVELS } from './log.ts';

/** The command line cannot be followed; the text says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Review Desk service

  npm run service -- [options]

  --port N            port to listen on; 0 = any free one (8787)
  --host NAME         address to listen on (127.0.0.1)
  --data DIR          data folder (review-desk-data)
  --database-url URL  postgres://user:password@host:port/database: keeps everything but
                      pictures and keys on PostgreSQL 15 or newer, not in a file of DIR;
                      the password may be in PGPASSWORD or ~/.pgpass instead
  --sample N          fill an empty data folder with a generated district of N candidates
  --seed S            seed of the sample (1)
  --restored          the data come from a backup: workstations must synchronise anew
  --rotate-key        takes a new signing key, which the old one vouches for
  --verify            verifies log, tree, decisions and their signatures from their content, and ends
  --export-log FILE   writes the log into a new file, for npm run verify-log
  --reset-password ACCOUNT
                      prints a new password for a reviewer, lets the data on their
                      workstation be recovered for 7 days, and ends
  --allow-recovery ACCOUNT
                      the latter alone, as after a reinstalled computer
  --tls-cert FILE     certificate (PEM) for https, with
  --tls-key FILE      its key
  --log-level LEVEL   ${LOG_LEVELS.join(', ')} (warn); the log goes to standard error
  --help              this text
`;

const whole = (name: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `--${name} must be a whole number`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `--${name} must be between ${least} and ${most}`);

/** Whether a text names a database on PostgreSQL, and everything in it is understood. */
function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1;
}

const Arguments = z
  .object({
    port: whole('port', 0, 65_535).default(8787),
    host: z.string().min(1, '--host must not be empty').default('127.0.0.1'),
    data: z.string().min(1, '--data must not be empty').default('review-desk-data'),
    sample: whole('sample', 1, 100_000).optional(),
    seed: whole('seed', 0, 2 ** 31 - 1).default(1),
    // What is wrong with it is never quoted: there may be a password in it.
    'database-url': z
      .string()
      .refine(isDatabaseUrl, '--database-url must be of the form postgres://user:password@host:port/database')
      .optional(),
    restored: z.boolean().default(false),
    'rotate-key': z.boolean().default(false),
    verify: z.boolean().default(false),
    'export-log': z.string().min(1, '--export-log needs a file').optional(),
    'reset-password': z.string().min(1, '--reset-password needs an account').optional(),
    'allow-recovery': z.string().min(1, '--allow-recovery needs an account').optional(),
    'tls-cert': z.string().optional(),
    'tls-key': z.string().optional(),
    'log-level': z.enum(LOG_LEVELS, `--log-level must be one of ${LOG_LEVELS.join(', ')}`).default('warn'),
    help: z.boolean().default(false),
  })
  .refine((all) => (all['tls-cert'] === undefined) === (all['tls-key'] === undefined), {
    message: '--tls-cert and --tls-key belong together',
  });
export type Arguments = z.infer<typeof Arguments>;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  port: text,
  host: text,
  data: text,
  sample: text,
  seed: text,
  'database-url': text,
  restored: flag,
  'rotate-key': flag,
  verify: flag,
  'export-log': text,
  'reset-password': text,
  'allow-recovery': text,
  'tls-cert': text,
  'tls-key': text,
  'log-level': text,
  help: flag,
} as const;

/** Reads the command line. Throws `UsageError` with a clear text for what cannot be followed. */
export function readCommandLine(args: readonly string[]): Arguments {
  let values: unknown;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const parsed = Arguments.safeParse(values);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data;
}
