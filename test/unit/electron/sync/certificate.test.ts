import { expect, test } from 'vitest';
import { isFilter, judgePeriod } from '../../../../electron/sync/certificate.ts';

const DAY = 86_400_000;
const from = Date.parse('2026-01-01T00:00:00.000Z');
const to = Date.parse('2026-12-31T00:00:00.000Z');
const judge = (now: number, serviceTime: number | null) => {
  const { code, facts } = judgePeriod({ from, to }, now, serviceTime);
  return [code, facts.clockOff];
};

test('with the time of the service: inside the period it is the clock, outside the certificate', () => {
  expect(judge(from - 3 * DAY, from + DAY)).toEqual(['network.clock', -4 * DAY]);
  expect(judge(to + 3 * DAY, to - DAY)).toEqual(['network.clock', 4 * DAY]);
  expect(judge(to + 3 * DAY, to + 3 * DAY)).toEqual(['network.certificate_expired', undefined]);
  expect(judge(from - DAY, from - DAY)).toEqual(['network.certificate_expired', undefined]);
  expect(judge(to + 1, to)[0]).toBe('network.clock');
  expect(judge(to + 1, to + 1)[0]).toBe('network.certificate_expired');
});

test('without it: before the period the clock is slow by at least so much, after it nothing is said of the clock', () => {
  expect(judge(from - 3 * DAY, null)).toEqual(['network.clock', -3 * DAY]);
  expect(judge(to + 3 * DAY, null)).toEqual(['network.certificate_expired', undefined]);
});

test.each(['Sangfor Technologies Inc.', '奇安信网神', 'Zscaler Inc. · Zscaler Root CA', 'Fortinet · FGT60'])(
  '%s is a filter',
  (issuer) => {
    expect(isFilter(issuer)).toBe(true);
  },
);

test.each(["Let's Encrypt · R11", 'CFCA · China Financial Certification Authority', 'Example District · Root', ''])(
  '%s is none',
  (issuer) => {
    expect(isFilter(issuer)).toBe(false);
  },
);
