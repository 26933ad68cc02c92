import { describe, expect, test } from '@jest/globals';
import { judgeCertificate, type ServedCertificate } from '../../../domain/probes/certificate.ts';

const now = new Date('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);

const served = (changes: Partial<ServedCertificate> = {}): ServedCertificate => ({
  names: ['shop.example.test'],
  covers: true,
  issuer: 'CN=Local',
  serialNumber: '01',
  validFrom: inDays(-1),
  validTo: inDays(197),
  ...changes,
});
const judged = (changes: Partial<ServedCertificate>) =>
  judgeCertificate(served(changes), { name: 'shop.example.test', now, minimumDays: 7 });

describe('judgeCertificate()', () => {
  test('finds nothing wrong with a good certificate', () => {
    expect(judged({})).toBeUndefined();
  });

  test('C10: names the chain that leads to no trusted root', () => {
    expect(judged({ chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT' })).toMatchObject({ reason: 'certificateUntrusted' });
  });

  test('C9: names what the certificate is for when it does not cover the name', () => {
    expect(judged({ covers: false, names: ['www.example.test'] })).toEqual({
      reason: 'nameNotCovered',
      message: `The certificate doesn't cover "shop.example.test"; it is for "www.example.test"`,
    });
  });

  test('judges the dates by the time that it is given', () => {
    expect(judged({ validTo: inDays(0) })).toMatchObject({ reason: 'certificateExpired' });
    expect(judged({ validTo: inDays(6.9) })).toMatchObject({ reason: 'certificateExpiresSoon' });
    expect(judged({ validTo: inDays(7) })).toBeUndefined();
    expect(judged({ validFrom: inDays(1) })).toMatchObject({ reason: 'certificateNotYetValid' });
  });

  test('W16: takes a certificate of four minutes ahead for valid: clocks differ', () => {
    expect(judged({ validFrom: new Date(now.getTime() + 4 * 60_000) })).toBeUndefined();
  });

  test('tells a broken chain before an expired date', () => {
    expect(judged({ chainError: 'SELF_SIGNED_CERT_IN_CHAIN', validTo: inDays(-1) })?.reason).toBe(
      'certificateUntrusted',
    );
  });
});
