import { describe, expect, test } from '@jest/globals';
import { HOME, requestedNames, VIEWERS } from '../../../domain/certificates/place.ts';
import { certifiedNames, recordsOf } from '../../../domain/edges/edge.ts';
import type { Declaration } from '../../../domain/sites/declaration.ts';
import { declaredSite } from '../../../domain/sites/declare-site.ts';
import { differingFields } from '../../../domain/sites/differing-fields.ts';
import { formerNames } from '../../../domain/sites/former-names.ts';
import { namesOf, pointerToName } from '../../../domain/sites/names-of.ts';
import { SITE_CHECKS } from '../../../domain/sites/site-checks.ts';
import { zoneProblems } from '../../../domain/sites/zone-checks.ts';
import { aCdn, aSite } from '../../support/site.ts';

const domain = 'shop.example.test';
const originName = `origin.${domain}`;
const settings = { host: 'viewer', caching: 'CachingDisabled', minimumTls: 'TLSv1.2_2021', lock: true } as const;

const origin = { instance: { id: 'i-0123456789abcdef0', port: 80, healthPath: '/' } };

/** A document behind CloudFront whose fields are right by themselves. */
const aDeclaration = (changes: Partial<Declaration> = {}): Declaration => {
  const { cdn: _, ...site } = aSite({ edge: 'cdn' });
  return { ...site, origin, ...changes };
};

const errors = (changes: Partial<Declaration>) => SITE_CHECKS.flatMap((check) => check(aDeclaration(changes)));

describe('a declaration with the edge "cdn"', () => {
  test('gets every setting that it leaves out, the origin name from the domain', () => {
    expect(errors({})).toEqual([]);
    expect(declaredSite(aDeclaration())).toEqual(aSite({ edge: 'cdn' }));
    expect(declaredSite(aDeclaration({ cdn: { ...settings, lock: false } })).cdn).toEqual({ ...aCdn(), lock: false });
    const named = declaredSite(aDeclaration({ cdn: { ...settings, originName: 'lb.shop.example.test' } }));
    expect(named.cdn?.originName).toBe('lb.shop.example.test');
    expect(declaredSite({ ...named, origin })).toEqual(named);
  });

  test('with another edge has no such settings, and is refused with them', () => {
    expect(declaredSite(aDeclaration({ edge: 'load-balancer' })).cdn).toBeUndefined();
    const [error, ...others] = errors({ edge: 'load-balancer', cdn: settings });
    expect([error?.pointer, others]).toEqual(['#/cdn', []]);
    expect(error?.detail).toContain('Cannot use "cdn" with edge "load-balancer"');
    expect(errors({ edge: 'direct', cdn: settings }).map(({ pointer }) => pointer)).toEqual(['#/cdn']);
  });

  test.each([
    [{ cdn: { ...settings, originName: domain } }, 'viewers use it'],
    [{ cdn: { ...settings, originName: `www.${domain}` } }, 'viewers use it'],
    [{ aliases: [originName] }, 'viewers use it'],
    [{ directName: originName }, 'it is the direct name'],
  ])('C9: refuses an origin name that is another name of the site: %j', (changes, why) => {
    const [error, ...others] = errors(changes);
    expect([error?.pointer, others]).toEqual(['#/cdn/originName', []]);
    expect(error?.detail).toContain(why);
  });

  test('refuses what CloudFront cannot do', () => {
    for (const [block, other] of [
      ['0.0.0.0/0', 'IPv6'],
      ['::/0', 'IPv4'],
    ] as const) {
      expect(errors({ access: [block] })).toMatchObject([
        { pointer: '#/access', detail: expect.stringContaining(`Cannot leave out ${other} with edge "cdn"`) },
      ]);
    }
    expect(errors({ access: ['203.0.113.0/24'] })).toMatchObject([
      { pointer: '#/access', detail: expect.stringContaining('web ACL of AWS WAF') },
    ]);
    expect(errors({ cdn: { ...settings, originCertificate: 'same' } })).toMatchObject([
      { pointer: '#/cdn/originCertificate', detail: expect.stringContaining('two are requested') },
    ]);
  });

  test('takes a certificate for viewers, and requests that of the origin unless it is the same', () => {
    const certificate = { arn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef' };
    const names = [domain, `www.${domain}`, originName];
    const placed = (originCertificate?: 'requested' | 'same') => {
      const site = aSite({
        edge: 'cdn',
        certificate,
        cdn: { ...aCdn(), ...(originCertificate && { originCertificate }) },
      });
      return [HOME, VIEWERS].map((place) => [place.names(site), place.named(site), requestedNames(place, site)]);
    };
    const viewers = [names.slice(0, 2), certificate.arn, []];
    expect(errors({ certificate })).toEqual([]);
    expect(placed()).toEqual([[names, undefined, names], viewers]);
    expect(placed('requested')).toEqual(placed());
    expect(placed('same')).toEqual([[names, certificate.arn, []], viewers]);
  });

  test('the certificate of the origin may have been chosen for a document that leaves it out', () => {
    const certificate = { imported: { secret: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-a1B2c3' } };
    const declared = aSite({ edge: 'cdn', certificate });
    const chosen = aSite({ ...declared, cdn: { ...aCdn(), originCertificate: 'same' } });
    expect(differingFields(declared, chosen)).toEqual([]);
    expect(
      differingFields(aSite({ ...declared, cdn: { ...aCdn(), originCertificate: 'requested' } }), chosen),
    ).toHaveLength(1);
  });

  test.each([
    ['origin', 'UseOriginCacheControlHeaders', 1],
    ['origin', 'UseOriginCacheControlHeaders-QueryStrings', 1],
    ['origin', 'CachingOptimized', 0],
    ['viewer', 'UseOriginCacheControlHeaders', 0],
  ] as const)('C9: with host "%s" and caching "%s" has %i faults', (host, caching, count) => {
    const found = errors({ cdn: { ...settings, host, caching } });
    expect(found.map(({ pointer }) => pointer)).toEqual(Array(count).fill('#/cdn/caching'));
  });

  test('A9: counts the origin name among those of the certificate, and bounds its length', () => {
    const aliases = Array.from({ length: 8 }, (_, at) => `a${at}.example.test`);
    expect(errors({ aliases })).toEqual([]);
    const [many] = errors({ aliases: [...aliases, 'a9.example.test'] });
    expect(many).toMatchObject({ pointer: '#/aliases', detail: expect.stringContaining(`"${originName}" among them`) });
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(30)}.example`;
    expect(errors({ cdn: { ...settings, originName: long } })).toMatchObject([{ pointer: '#/cdn/originName' }]);
    // Only the first name of a certificate is bounded by 64 characters, and that is the domain.
    const longest = `${'a'.repeat(51)}.example.test`;
    expect(errors({ domain: longest, aliases: [] })).toEqual([]);
    expect(certifiedNames(aSite({ edge: 'cdn', domain: longest, aliases: [] }))).toEqual([
      longest,
      `origin.${longest}`,
    ]);
  });
});

describe('the origin name', () => {
  const site = aSite({ edge: 'cdn', directName: `direct.${domain}` });

  test('is a name of the site like the others, with a place in its document', () => {
    expect(namesOf(site).map(({ name }) => name)).toEqual([domain, `www.${domain}`, `direct.${domain}`, originName]);
    expect(pointerToName(site, originName)).toBe('#/cdn/originName');
  });

  test('leads to the load balancer, and the served names to the distribution', () => {
    expect(recordsOf(site).map(({ name, to, types }) => `${name} ${types.join('+')} ${to}`)).toEqual([
      'shop.example.test A+AAAA distribution',
      'www.shop.example.test A+AAAA distribution',
      'origin.shop.example.test A load balancer',
      'direct.shop.example.test A origin',
    ]);
  });

  test('that is changed is told by its field, and the one before is a former name', () => {
    const other = aSite({ ...site, cdn: { ...aCdn(), originName: 'lb.example.test' } });
    expect(differingFields(other, site)).toEqual([
      { path: ['cdn', 'originName'], before: originName, after: 'lb.example.test' },
    ]);
    expect(formerNames(other, { site })).toEqual([originName]);
    expect(formerNames(aSite(), { site })).toEqual([`direct.${domain}`, originName]);
  });

  test('lies in a zone of the other names', () => {
    const zones = [
      { id: 'Z1', name: 'example.test' },
      { id: 'Z2', name: 'other.test' },
    ];
    const named = (name: string) => aSite({ edge: 'cdn', cdn: { ...aCdn(), originName: name } });
    expect(zoneProblems(named('lb.example.test'), zones)).toEqual([]);
    expect(zoneProblems(named('lb.other.test'), zones)).toMatchObject([
      { pointer: '#/cdn/originName', detail: expect.stringContaining(`such as "${originName}"`) },
    ]);
  });
});
