import { X509Certificate } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { defaultCertificate } from '../../../local/services/cloudfront/edge/default-certificate.ts';

const DAY_MS = 24 * 3_600_000;

test("CloudFront's own certificate is valid for 198 days of AWS time and is renewed before it expires", async () => {
  let now = new Date('2027-01-01T00:00:00Z');
  const served = defaultCertificate(await Authority.create(), { now: () => now }, () => now);
  const first = new X509Certificate((await served()).certificatePem);
  expect(Date.parse(first.validTo) - Date.parse(first.validFrom)).toBe(198 * DAY_MS - 1000);
  now = new Date('2027-03-01T00:00:00Z');
  expect(new X509Certificate((await served()).certificatePem).serialNumber).toBe(first.serialNumber);
  now = new Date('2027-06-25T00:00:00Z');
  const next = new X509Certificate((await served()).certificatePem);
  expect(Date.parse(next.validTo)).toBeGreaterThan(Date.parse(first.validTo));
  expect(Date.parse(first.validTo)).toBeGreaterThan(now.getTime());
});

test('it has begun by the clock of a client outside, which AWS time has left behind', async () => {
  const wall = new Date('2027-01-01T00:00:10Z');
  const served = defaultCertificate(
    await Authority.create(),
    { now: () => new Date('2027-01-05T00:00:00Z') },
    () => wall,
  );
  const { validFrom } = new X509Certificate((await served()).certificatePem);
  expect(Date.parse(validFrom)).toBeLessThanOrEqual(wall.getTime());
});
