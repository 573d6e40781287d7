/** The database on PostgreSQL can't be used; the text says why and what to do, and holds no password. */
export class DatabaseRefusedError extends Error {
  override readonly name = 'DatabaseRefusedError';
}

/** Where a database is, without the password. */
export type Whereabouts = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND']);
const isUnreachable = (code: string): boolean => UNREACHABLE.has(code) || code === 'EAI_AGAIN' || code === 'ENOENT';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What to tell of a connection that was not made. */
export function refusalOf(error: unknown, { host, port, user, database }: Whereabouts): DatabaseRefusedError {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  const because = (text: string) => new DatabaseRefusedError(text);
  if (isUnreachable(code) || message.includes('timeout') || message.includes('Connection terminated')) {
    return because(`no PostgreSQL server answers at ${host}:${port}: start it, or correct --database-url`);
  }
  switch (code) {
    case '28P01':
    case '28000':
      return because(`PostgreSQL does not let in the user ${user}: check user, password and pg_hba.conf`);
    case '3D000':
      return because(`there is no database ${database} at ${host}:${port}: create it, empty, with encoding UTF8`);
    case '42501':
      return because(`the user ${user} may not make tables in the database ${database}: make it their own`);
    case '53300':
      return because(`the PostgreSQL server at ${host}:${port} has no connection left`);
    case '57P03':
      return because(`the PostgreSQL server at ${host}:${port} is starting or stopping: try again`);
    case '55P03':
      return because(`the database ${database} is busy with another process: try again`);
  }
  if (message.startsWith('SASL')) return because(`PostgreSQL wants a password for the user ${user}`);
  return because(`the database ${database} at ${host}:${port} cannot be opened (${code === '' ? 'no code' : code})`);
}
