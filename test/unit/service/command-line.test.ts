import { describe, expect, it } from 'vitest';
import { readCommandLine, UsageError } from '../../../service/command-line.ts';

describe('readCommandLine', () => {
  it('has a default for everything', () => {
    expect(readCommandLine([])).toMatchObject({ port: 8787, host: '127.0.0.1', seed: 1, restored: false });
    expect(readCommandLine([]).sample).toBeUndefined();
  });

  it('reads what is given', () => {
    const args = ['--port', '0', '--host', '0.0.0.0', '--data', 'x', '--sample', '200', '--seed', '7', '--restored'];
    expect(readCommandLine(args)).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      data: 'x',
      sample: 200,
      seed: 7,
      restored: true,
    });
  });

  it.each([
    [['--port', 'eighty'], '--port must be a whole number'],
    [['--port', '70000'], '--port must be between 0 and 65535'],
    [['--port=-1'], '--port must be a whole number'],
    [['--sample', '0'], '--sample must be between'],
    [['--seed', '1.5'], '--seed must be a whole number'],
    [['--data', ''], '--data must not be empty'],
    [['--log-level', 'loud'], '--log-level must be one of'],
    [['--colour'], "'--colour'"],
    [['stray'], "'stray'"],
    [['--tls-cert', 'a.pem'], 'belong together'],
    [['--database-url', 'postgres://db'], '--database-url must be of the form'],
    [['--database-url', 'mysql://db/desk'], '--database-url must be of the form'],
  ])('%j is refused with the reason', (args, text) => {
    expect(() => readCommandLine(args)).toThrow(UsageError);
    expect(() => readCommandLine(args)).toThrow(text);
  });

  it('takes a database on PostgreSQL, and quotes no password of one that it does not take', () => {
    const url = 'postgres://desk:secret@db.example.invalid:5432/desk';
    expect(readCommandLine(['--database-url', url])).toMatchObject({ 'database-url': url });
    for (const wrong of ['postgres://desk:secret@/', 'desk:secret@db', 'http://desk:secret@db/desk']) {
      expect(() => readCommandLine(['--database-url', wrong])).toThrow(UsageError);
      expect(() => readCommandLine(['--database-url', wrong])).not.toThrow('secret');
    }
  });
});
