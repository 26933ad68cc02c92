import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FindingCode } from '../../../domain/doctor/codes.ts';
import { codesOf, Practice } from '../../support/doctor.ts';
import { type Fault, HEALTHY } from '../../support/rack/kinds.ts';

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.open();
});
afterAll(() => practice.close());

/** What the doctor finds at each server of the rack, and nothing besides. */
const FOUND: Record<Fault, FindingCode[]> = {
  expired: ['certificateExpired', 'hstsLocksOut'],
  notYetValid: ['certificateNotYetValid', 'hstsLocksOut'],
  selfSigned: ['certificateSelfSigned', 'hstsLocksOut'],
  unknownIssuer: ['certificateUntrusted', 'hstsLocksOut'],
  incompleteChain: ['chainIncomplete', 'hstsLocksOut'],
  wrongOrder: ['chainOutOfOrder'],
  wrongName: ['certificateWrongName', 'hstsLocksOut'],
  weakKey: ['keyTooWeak'],
  p521Key: ['keyUnusual'],
  leafTwice: ['chainOutOfOrder'],
  strangerInChain: ['chainOutOfOrder'],
  oldProtocol: ['protocolTooOld'],
  otherCipher: ['cipherUnusual'],
  otherCipher13: ['cipherUnusual'],
  otherCurve: ['cipherUnusual'],
  clientCertificate: ['clientCertificateWanted'],
  clientCertificate13: ['clientCertificateWanted'],
  closed: ['portRefused'],
  filtered: ['portFiltered'],
  noRoute: ['noRoute'],
  silent: ['handshakeSilent'],
  noPage: ['pageSilent'],
  drip: ['pageSilent'],
  closesAtOnce: ['handshakeClosed'],
  plainHttp: ['plainHttpOnTlsPort'],
};

test('a healthy name with one address costs few connections, each of which is a round trip or two', async () => {
  const { length } = practice.connected;
  await practice.look();
  const made = practice.connected.slice(length);
  const [dns, others] = [made.filter((to) => to.endsWith(' 53')), made.filter((to) => !to.endsWith(' 53'))];
  expect(dns.length).toBeLessThanOrEqual(30);
  // Page, old versions, CloudFront's ciphers, upgrade and one redirect over https; one page over http.
  expect(others.length).toBeLessThanOrEqual(6);
});

describe('the doctor names what is wrong with each server of the rack', () => {
  test.each(Object.entries(FOUND) as [Fault, FindingCode[]][])('C10, C11: %s', async (kind, codes) => {
    const report = await practice.report({ servers: { '9.9.9.9': kind } });
    expect(codesOf(report)).toEqual(codes);
    expect(report.verdict).toBe('findings');
    for (const { evidence, at, fix, message } of report.findings) {
      expect(at).toEqual(['9.9.9.9']);
      expect(evidence.join()).toContain('9.9.9.9');
      expect(fix).not.toBe('');
      expect(message).not.toContain('9.9.9.9');
    }
  });
});

describe('and finds nothing at the healthy ones', () => {
  test.each(HEALTHY)('%s', async (kind) => {
    const report = await practice.report({ servers: { '9.9.9.9': kind } });
    expect(report).toMatchObject({ verdict: 'healthy', findings: [], unseen: [] });
    expect(report.passed.map(({ check }) => check)).toEqual([
      'delegation',
      'dnssec',
      'caa',
      'addresses',
      'certificate',
      'page',
      'http',
      'hsts',
    ]);
  });
});
