import { describe, expect, test } from '@jest/globals';
import {
  misplacedCertificate,
  type NamedCertificate,
  namedCertificateProblem,
} from '../../../domain/certificates/named-certificate.ts';
import { HOME, VIEWERS } from '../../../domain/certificates/place.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { aCdn, aSite } from '../../support/site.ts';

const HERE = { region: 'eu-west-1', account: '123456789012' };
const arn = 'arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

const owner = { domain: 'shop.example.test', stack: 'Nameplate' };
const now = new Date('2026-11-29T12:00:00Z');

const aCertificate = (changes: Partial<NamedCertificate> = {}): NamedCertificate => ({
  arn,
  status: 'ISSUED',
  type: 'AMAZON_ISSUED',
  isAcme: false,
  names: ['shop.example.test', 'www.shop.example.test'],
  renewedByDns: true,
  tags: {},
  ...changes,
});

const problemOf = (changes: Partial<NamedCertificate>, site: Partial<Site> = {}) =>
  namedCertificateProblem(aSite(site), { arn, certificate: aCertificate(changes), place: HOME, owner, now });

describe('a certificate that a document names', () => {
  test.each<[string, Partial<NamedCertificate>]>([
    ['of all names', {}],
    ['imported', { type: 'IMPORTED', renewedByDns: false }],
    ['with a wildcard for the alias', { names: ['shop.example.test', '*.shop.example.test'] }],
    ['of more names, in any case', { names: ['*.Example.test', 'WWW.shop.example.test', 'other.test'] }],
  ])('%s: is served', (_, changes) => {
    expect(problemOf(changes)).toBeUndefined();
  });

  test.each<[string, Partial<NamedCertificate>, string]>([
    [
      'not of the alias: a wildcard stands for one label',
      { names: ['*.example.test'] },
      'it is for "*.example.test", and not for "www.shop.example.test"; name one that covers all names of the site',
    ],
    [
      'on its way',
      { status: 'PENDING_VALIDATION' },
      'its status is "PENDING_VALIDATION", and only one that is "ISSUED" can be served; enter its validation records',
    ],
    [
      'expired',
      { status: 'EXPIRED' },
      'its status is "EXPIRED", and only one that is "ISSUED" can be served; import its',
    ],
    [
      'issued to an ACME client',
      { isAcme: true },
      'an ACME client has its key, so that a load balancer cannot serve it',
    ],
    [
      'at its end: the probes before traffic would refuse it',
      { expiresAt: new Date('2026-12-05T12:00:00Z') },
      'it ends on 2026-12-05T12:00:00.000Z, in less than 7 days; renew it first',
    ],
    [
      "the site's own",
      { tags: { 'nameplate:site': 'shop.example.test', 'nameplate:stack': 'Nameplate' } },
      'it is the site\'s own already; leave "certificate" out',
    ],
    [
      'imported and signed by itself',
      { type: 'IMPORTED', chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      'no browser trusts it as it was imported (DEPTH_ZERO_SELF_SIGNED_CERT); import one of a public authority with its chain',
    ],
    ['of a private authority', { type: 'PRIVATE' }, 'which browsers do not trust; name one of a public authority'],
  ])('%s: is refused with what to do', (_, changes, why) => {
    expect(problemOf(changes)).toEqual({ pointer: '#/certificate/arn', detail: expect.stringContaining(why) });
  });

  test('B4: of a tenant: is refused unless it bears the tag, and of another one nothing more is said', () => {
    const sentence = (tags: Record<string, string>) =>
      problemOf({ tags, status: 'EXPIRED', names: ['secret.example'] }, { tenant: 'acme' })?.detail;
    expect(sentence({})).toContain('it has no tag "nameplate:tenant" with the value "acme"');
    expect(sentence({ 'nameplate:tenant': 'other' })).toBe(sentence({}));
    expect(problemOf({ tags: { 'nameplate:tenant': 'acme' } }, { tenant: 'acme' })).toBeUndefined();
  });

  test('that is not there: says so', () => {
    expect(namedCertificateProblem(aSite(), { arn, certificate: undefined, place: HOME, owner, now })?.detail).toMatch(
      /check the ARN$/,
    );
  });

  test.each([
    [arn.replace('eu-west-1', 'us-east-1'), 'it is in us-east-1, and the load balancer in eu-west-1'],
    [arn.replace('123456789012', '210987654321'), 'it is in the account 210987654321'],
  ])('A22: "%s" is refused before ACM is asked', (misplaced, why) => {
    expect(misplacedCertificate(misplaced, HOME, HERE)?.detail).toContain(why);
    expect(misplacedCertificate(arn, HOME, HERE)).toBeUndefined();
  });

  test('A22: for viewers of CloudFront it is in us-east-1, wherever the stack is', () => {
    const detail = misplacedCertificate(arn, VIEWERS, HERE)?.detail;
    expect(detail).toContain('it is in eu-west-1, and CloudFront serves certificates of us-east-1 only');
    expect(misplacedCertificate(arn.replace('eu-west-1', 'us-east-1'), VIEWERS, HERE)).toBeUndefined();
  });

  test.each([
    ['RSA_4096', undefined],
    ['EC_prime256v1', undefined],
    [
      'EC_secp384r1',
      'its key is EC_secp384r1, which CloudFront does not serve; name one with a key of one of these kinds: RSA_2048,',
    ],
  ])('A21: for viewers of CloudFront its key may be %s', (key, why) => {
    const certificate = aCertificate({ key });
    const site = aSite({ edge: 'cdn', cdn: aCdn() });
    const detail = namedCertificateProblem(site, { arn, certificate, place: VIEWERS, owner, now })?.detail;
    expect(detail?.includes(why ?? '')).toBe(why === undefined ? undefined : true);
  });

  test('behind CloudFront it covers the names of viewers; served by the load balancer as well, that of the origin too', () => {
    const site = aSite({ edge: 'cdn', cdn: { ...aCdn(), originCertificate: 'same' } });
    const problemAt = (place: typeof HOME) =>
      namedCertificateProblem(site, { arn, certificate: aCertificate(), place, owner, now })?.detail;
    expect(problemAt(VIEWERS)).toBeUndefined();
    expect(problemAt(HOME)).toContain('and not for "origin.shop.example.test"');
  });
});
