import { expect, test } from 'vitest';
import { callsIn } from '../../faults/calls.ts';

const SEEN = `pwrite64(21</d/p/1/review.db-wal>, ""..., 24, 32) = 24
pwrite64(21</d/p/1/review.db-wal>, ""..., 4096, 56) = 4096
write(17<anon_inode:[eventfd]>, ""..., 8) = 8
fsync(21</d/p/1/review.db-wal>) = 0
fsync(22</d/p/1>) = 0
fsync(21</d/p/1/review.db-wal>) = 0
pwrite64(20</d/p/1/review.db>, ""..., 4096, 0) = 4096
fsync(20</d/p/1/review.db>) = 0
ftruncate(21</d/p/1/review.db-wal>, 9000) = 0
write(23</d.ledger>, ""..., 90) = 90
fsync(21</d/p/1/review.db-wal>) = 0
`;

test('the calls of saving, numbered by name, up to what the reviewer was told', () => {
  expect(callsIn(SEEN, '/d/p', '/d.ledger').map(({ name, n, file, part }) => `${name} ${n} ${file} ${part}`)).toEqual([
    'pwrite64 1 review.db-wal commit',
    'pwrite64 2 review.db-wal commit',
    'fsync 1 review.db-wal commit',
    'fsync 2 1 aside',
    'fsync 3 review.db-wal after',
    'pwrite64 3 review.db after',
    'fsync 4 review.db after',
    'ftruncate 1 review.db-wal aside',
  ]);
});
