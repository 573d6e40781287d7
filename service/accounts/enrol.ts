import { enrolmentForm, type Head } from '../../shared/chain.ts';
import type { Enrolment } from '../../shared/wire.ts';
import { Failure } from '../failure.ts';
import { isSignedBy } from '../signature.ts';
import type { Person } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { findDevice, headOf, insertDevice } from '../store/devices.ts';
import type { Store } from '../store/tables.ts';

/**
 * Makes a workstation's key known for an account, once, and tells where its chain stands. `nonce` is of the session
 * that asks. Fails with `request.invalid` without the private half of the key, with `device.taken` when the device is
 * another account's or has another key.
 */
export async function enrol(
  db: Store,
  person: Person,
  { device: id, publicKey, start, signature }: Enrolment,
  { nonce, now }: { nonce: string; now: string },
): Promise<Head> {
  if (!isSignedBy(publicKey, enrolmentForm({ device: id, publicKey, start }, nonce), signature)) {
    throw new Failure('request.invalid', 'proof of possession');
  }
  const known = await findDevice(db, id);
  if (known) {
    if (known.accountId !== person.id || known.publicKey !== publicKey) throw new Failure('device.taken');
    return headOf(db, known);
  }
  await insertDevice(db, { id, accountId: person.id, publicKey, start }, now);
  await record(db, {
    at: now,
    accountId: person.id,
    kind: 'device.enrolled',
    subject: null,
    facts: { device: id, publicKey, startSeq: start.seq, startSha256: start.sha256 },
  });
  return start;
}
