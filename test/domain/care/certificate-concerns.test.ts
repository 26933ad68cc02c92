import { describe, expect, test } from '@jest/globals';
import {
  type CertificateSight,
  certificateConcerns,
  isPlainlyHealthy,
} from '../../../domain/care/certificate-concerns.ts';
import type { AcmCertificate, Renewal } from '../../../domain/care/watched-certificate.ts';

const DAY = 86_400_000;
const arn = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
const domain = 'shop.example.test';
const validFrom = new Date('2027-01-01T00:00:00Z');
const validTo = new Date(validFrom.getTime() + 198 * DAY);
const day = (days: number) => new Date(validFrom.getTime() + days * DAY);

const aCertificate = (changes: Partial<AcmCertificate> = {}): AcmCertificate => ({
  arn,
  status: 'ISSUED',
  type: 'AMAZON_ISSUED',
  validFrom,
  validTo,
  inUse: true,
  isEligible: true,
  ...changes,
});
const renewing = (renewal: Partial<Renewal>) =>
  aCertificate({
    detail: { serial: '0A:1b', names: [domain], renewal: { status: 'SUCCESS', waitsFor: [], ...renewal } },
  });

function found(certificate: AcmCertificate, sight: Partial<CertificateSight> = {}) {
  const concerns = certificateConcerns({
    domain,
    what: 'the certificate of the load balancer',
    certificate,
    isExported: false,
    missing: { records: [], fix: '' },
    served: [],
    rolledOutWithinMs: DAY,
    now: day(10),
    ...sight,
  });
  return concerns.map(({ code, severity }) => `${code} ${severity}`);
}

describe('what keeps a certificate from being renewed', () => {
  test('nothing of one that is in use, eligible and has its record', () => {
    for (const days of [0, 100, 153, 160])
      expect(found(renewing({ status: 'PENDING_AUTO_RENEWAL' }), { now: day(days) })).toEqual([]);
  });

  test('A16: nothing uses it', () => {
    expect(found(aCertificate({ inUse: false, isEligible: false }))).toEqual(['certificateUnattached warning']);
  });

  test('ACM says that it will not', () => {
    expect(found(aCertificate({ isEligible: false }))).toEqual(['certificateNotEligible warning']);
  });

  test('one for a server was not exported since it was issued', () => {
    const certificate = aCertificate({ inUse: false, isEligible: false });
    expect(found(certificate, { isExported: true })).toEqual(['certificateNotEligible warning']);
  });

  test('A14, A15: its validation record is missing, which is grave once the renewal is due', () => {
    const missing = { records: ['_x.shop.example.test CNAME _y'], fix: '' };
    expect(found(aCertificate(), { missing })).toEqual(['validationRecordMissing warning']);
    expect(found(aCertificate(), { missing, now: day(154) })).toEqual(['validationRecordMissing error']);
    expect(found(aCertificate(), { missing: undefined })).toEqual([]);
  });

  test('A15: ACM waits for it from the day that it is due', () => {
    expect(found(renewing({ status: 'PENDING_VALIDATION' }), { now: day(153) })).toEqual(['renewalFails error']);
    const failed = renewing({ status: 'FAILED', reason: 'CAA_ERROR' });
    // With a third left: one that has failed is not renewed by itself.
    expect(found(failed, { now: day(140) })).toEqual(['renewalFails error', 'certificateExpiring warning']);
  });

  test.each(['EXPIRED', 'REVOKED', 'DELETED'])('it is "%s"', (status) => {
    expect(found(aCertificate({ status }))).toEqual(['certificateNotIssued error']);
  });

  test('A17: one that was imported is told of with a third left, gravely in the last week', () => {
    const imported = aCertificate({ type: 'IMPORTED', isEligible: false });
    expect(found(imported, { now: day(131) })).toEqual([]);
    expect(found(imported, { now: day(132) })).toEqual(['certificateExpiring warning']);
    expect(found(imported, { now: day(192) })).toEqual(['certificateExpiring error']);
  });

  test('A17: becomes graver at a stage, and not between two: a life of thirty days has none at seven', () => {
    const month = aCertificate({ type: 'IMPORTED', isEligible: false, validTo: day(30) });
    expect([21, 24, 25].map((days) => found(month, { now: day(days) })[0])).toEqual([
      'certificateExpiring warning',
      'certificateExpiring warning',
      'certificateExpiring error',
    ]);
  });

  describe('A18: renewed, and another one is served', () => {
    const served = [
      { name: domain, address: '203.0.113.2', serial: 'FF', issuer: '', names: [domain], validFrom, validTo },
    ];
    const renewed = renewing({ updatedAt: day(10) });

    test('is the roll-out for as long as that may take', () => {
      expect(found(renewed, { served, now: day(10.9) })).toEqual([]);
      expect(found(renewed, { served, now: day(11) })).toEqual(['certificateNotRolledOut warning']);
    });

    test('is nothing where the same is served, in whatever spelling', () => {
      expect(found(renewed, { served: [{ ...served[0]!, serial: 'A1B' }], now: day(20) })).toEqual([]);
    });

    test('is not told of one for other names', () => {
      expect(found(renewed, { served: [{ ...served[0]!, names: ['other.test'] }], now: day(20) })).toEqual([]);
    });
  });
});

test('nothing more is asked of a certificate of which the list says all', () => {
  const imported = { type: 'IMPORTED', isEligible: false };
  const asked: [AcmCertificate, number][] = [
    [aCertificate({ inUse: false }), 0],
    [aCertificate({ isEligible: false }), 0],
    [aCertificate({ status: 'EXPIRED' }), 0],
    [aCertificate(), 154],
  ];
  expect(asked.map(([certificate, days]) => isPlainlyHealthy(certificate, day(days)))).toEqual(asked.map(() => false));
  expect(isPlainlyHealthy(aCertificate(), day(152))).toBe(true);
  expect(isPlainlyHealthy(aCertificate(imported), day(190))).toBe(true);
});
