import { describe, expect, test } from '@jest/globals';
import { bypassOf, bypassVersion } from '../../../domain/failover/bypass.ts';
import { bypassCode } from '../../../domain/failover/bypass-code.ts';
import { Program } from '../../../local/services/cloudfront/functions/program.ts';
import { aFailover, aSite } from '../../support/site.ts';

const addresses = ['203.0.113.7/32', '198.51.100.128/25', '2001:db8::/47', '2001:db8:ffff::7/128'];
const withBypass = aSite({ failover: { ...aFailover(), bypass: { addresses } } });
const behindCdn = aSite({ edge: 'cdn', failover: { page: aFailover().page, bypass: { addresses } } });

/** What the function of a site does for a viewer, at an edge location of the local AWS. */
function done(site: typeof withBypass, ip: string): unknown[] {
  const bypass = bypassOf(site);
  if (!bypass) throw new Error('The site has no bypass');
  const request = { method: 'GET', uri: '/', headers: { host: { value: 'shop.example.test:443' } } };
  const { returned, calls } = new Program(new TextEncoder().encode(bypassCode(bypass))).run({
    viewer: { ip },
    request,
  });
  expect(returned).toEqual(request);
  return calls.map(({ args }) => args);
}

describe('the function of a bypass', () => {
  test.each([
    '203.0.113.7',
    '198.51.100.128',
    '198.51.100.255',
    '2001:db8::1',
    '2001:db8:1:ffff:ffff:ffff:ffff:ffff',
    '2001:0DB8:0000:0000:0000:0000:0000:0001',
    '2001:db8:ffff::7',
    '2001:db8:ffff::0.0.0.7',
    '::ffff:203.0.113.7',
    '0:0:0:0:0:ffff:cb00:7107',
  ])('leads %s to the site', (ip) => {
    expect(done(withBypass, ip)).toEqual([['np-bypass', { hostHeader: 'shop.example.test' }]]);
  });

  test.each([
    '203.0.113.6',
    '203.0.113.8',
    '198.51.100.127',
    '198.51.101.128',
    '2001:db8:2::',
    '2001:db7:ffff::1',
    '2001:db8:ffff::8',
    '::203.0.113.7',
    '::',
    '::1',
    '',
    'unknown',
  ])('leads "%s" to the page', (ip) => {
    expect(done(withBypass, ip)).toEqual([]);
  });

  test('leads to the origin of a CDN, which gets its own name as Host where the document says so', () => {
    const [[originId, overrides] = []] = done(behindCdn, '203.0.113.7') as unknown[][];
    expect([originId, overrides]).toEqual([
      expect.stringMatching(/^np-[0-9a-f]{12}$/),
      { hostHeader: 'shop.example.test' },
    ]);
    const cdn = behindCdn.cdn && { ...behindCdn.cdn, host: 'origin' as const };
    expect(done({ ...behindCdn, ...(cdn && { cdn }) }, '203.0.113.7')).toEqual([[originId]]);
  });

  test('fits into the 10 KB of a function with as many addresses as a document may have', () => {
    const most = Array.from({ length: 20 }, (_, place) => `2001:db8:aaaa:bbbb:cccc:dddd:eeee:${1000 + place}/128`);
    const code = bypassCode({ addresses: most, originId: 'np-0123456789ab', host: 'viewer' });
    expect(code.length).toBeLessThan(10_240);
  });

  test('is another one for other addresses', () => {
    const [one, other] = [addresses, addresses.slice(1)].map((each) =>
      bypassVersion({ addresses: each, originId: 'np-bypass', host: 'viewer' }),
    );
    expect(one).not.toBe(other);
  });
});

test('a site without a bypass has none', () => {
  expect(bypassOf(aSite({ failover: aFailover() }))).toBeUndefined();
});
