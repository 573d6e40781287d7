import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decisionForm,
  deviceOf,
  enrolmentForm,
  Head,
  placeAfter,
  receiptForm,
  SignedLink,
  stubForm,
  unchainedForm,
} from '../../../shared/chain.ts';
import { newTestDevice, shaOf, takeLink, takeStub } from '../../factories/signed.ts';
import { approval, decision, sha, submission } from '../../factories/submission.ts';
import { receipt } from '../../factories/wire.ts';

const of = submission();
const made = decision(of, approval(of));

describe('a place in the chain', () => {
  it('is the next one only with the next number and the hash of the one before', () => {
    const heads = fc.nat(20).map((seq) => Head.parse({ seq, sha256: seq === 0 ? null : sha(seq) }));
    const links = fc.record({
      deviceSeq: fc.integer({ min: 1, max: 25 }),
      previous: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 25 }).map(sha)),
    });
    fc.assert(
      fc.property(heads, links, (head, link) => {
        const place = placeAfter(head, link);
        expect(place === 'next').toBe(link.deviceSeq === head.seq + 1 && link.previous === head.sha256);
        expect(place === 'gap').toBe(link.deviceSeq > head.seq + 1);
      }),
    );
    expect(placeAfter({ seq: 3, sha256: sha(3) }, { deviceSeq: 3, previous: sha(2) })).toBe('fork');
    expect(placeAfter({ seq: 3, sha256: sha(3) }, { deviceSeq: 4, previous: sha(9) })).toBe('fork');
  });

  it('is gap-free in a chain of decisions and stubs, and no link can be left out, doubled or exchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 12 }), fc.nat(), (kinds, pick) => {
        const device = newTestDevice();
        const links = kinds.map((withdrawn) => (withdrawn ? takeStub(device, made) : takeLink(device, made)));
        const places = (all: readonly SignedLink[]) => {
          let head: Head = { seq: 0, sha256: null };
          return all.map((link) => {
            const { deviceSeq, previous } = 'decision' in link ? link.decision : link;
            const place = placeAfter(head, { deviceSeq, previous });
            const sha256 = 'decision' in link ? shaOf(decisionForm(link.decision)) : link.sha256;
            if (place === 'next') head = { seq: deviceSeq, sha256 };
            return place;
          });
        };
        expect(places(links).every((place) => place === 'next')).toBe(true);
        const at = pick % (links.length - 1);
        const without = links.filter((_, index) => index !== at);
        expect(
          places(without)
            .slice(at)
            .every((place) => place === 'gap'),
        ).toBe(true);
        const doubled = links.flatMap((link, index) => (index === at ? [link, link] : [link]));
        expect(places(doubled)[at + 1]).toBe('fork');
      }),
      { numRuns: 25 },
    );
  });
});

describe('the signed forms', () => {
  it('are never one another’s, so that a signature of one is worth nothing for another', () => {
    const device = newTestDevice();
    const stub = takeStub(device, made);
    const forms = [
      decisionForm(made),
      stubForm(stub),
      enrolmentForm({ device: device.uuid, publicKey: device.publicKey, start: device.start }, sha(1)),
      receiptForm(receipt(made)),
    ].map((text) => Object.keys(JSON.parse(text)).sort().join());
    expect(new Set(forms).size).toBe(forms.length);
  });

  it('of a stub tells nothing of what was decided', () => {
    const stub = takeStub(newTestDevice(), made);
    expect(JSON.stringify(stub)).not.toContain(made.submissionId);
    expect(JSON.stringify(stub)).not.toContain(made.id);
    expect(deviceOf(SignedLink.parse(stub))).toBe(stub.device);
  });

  it('of a decision before there were chains is the one without its place', () => {
    expect(unchainedForm({ ...made, previous: sha(3) })).toBe(decisionForm(made));
  });
});

it('a head has a hash but at the beginning', () => {
  expect(Head.safeParse({ seq: 0, sha256: sha(1) }).success).toBe(false);
  expect(Head.safeParse({ seq: 1, sha256: null }).success).toBe(false);
});
