import { expect, test } from '@jest/globals';
import { Clock } from '../../../local/clock/clock.ts';
import { Draws } from '../../../local/draws/draws.ts';
import type { Acm } from '../../../local/services/acm/acm.ts';
import type { Certificate } from '../../../local/services/acm/certificate.ts';
import { CertificateStore } from '../../../local/services/acm/certificate-store.ts';
import { refuseOverQuota } from '../../../local/services/acm/quota-check.ts';
import { Timers } from '../../../local/services/acm/timers.ts';

const YEAR_MS = 365 * 86_400_000;

function aStore() {
  const clock = new Clock({ startAt: new Date('2026-11-22T12:00:00Z') });
  const host = { clock, draws: new Draws(1), account: '123456789012', homeRegion: 'us-east-1', emit: () => {} };
  const certificates = new CertificateStore(host);
  const add = (count: number): Certificate[] =>
    Array.from({ length: count }, () => {
      const certificate = {
        arn: `arn:aws:acm:us-east-1:123456789012:certificate/${host.draws.hex('id', 32)}`,
        region: 'us-east-1',
        createdAt: clock.now(),
        timers: new Timers(clock),
      } as Certificate;
      certificates.add(certificate);
      return certificate;
    });
  const remove = (some: Certificate[]) => {
    for (const certificate of some) certificates.remove(certificate);
  };
  const check = (region: string) => refuseOverQuota({ host, certificates } as unknown as Acm, region);
  return { clock, add, remove, check };
}

test('A9: a Region holds 2,500 certificates', () => {
  const { add, check } = aStore();
  add(2_499);
  check('us-east-1');
  add(1);

  expect(() => check('us-east-1')).toThrow(
    'Cannot request more certificates in this account. Contact Customer Service for details.',
  );
  check('eu-west-1');
});

test('A9: 5,000 may be asked for in a year, and deleting gives none of them back', async () => {
  const { clock, add, remove, check } = aStore();
  remove(add(2_500));
  remove(add(2_500));

  expect(() => check('us-east-1')).toThrow('Error: you have reached your limit of 5000 certificates in the last year.');
  await clock.advance(YEAR_MS);
  check('us-east-1');
});
