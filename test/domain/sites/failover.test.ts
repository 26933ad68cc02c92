import { describe, expect, test } from '@jest/globals';
import { FAILOVER_CHECKS } from '../../../domain/failover/failover-checks.ts';
import { textProblems } from '../../../domain/problems/text-problems.ts';
import { declaration } from '../../../domain/sites/declaration.ts';
import { declaredSite, declareSite } from '../../../domain/sites/declare-site.ts';
import { differingFields } from '../../../domain/sites/differing-fields.ts';
import { DEFAULT_PAGE, type FailoverPage } from '../../../domain/sites/failover.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import { zoneProblems } from '../../../domain/sites/zone-checks.ts';

const domain = 'shop.example.test';
const instance = { id: 'i-0123456789abcdef0' };
const server = { address: '198.51.100.7' };

/** Every field is right by itself. */
const parsed = (changes: object) => declaration.parse({ domain, origin: { instance }, failover: {}, ...changes });

const declared = (failover: object, changes: object = {}) => declaredSite(parsed({ failover, ...changes }));

/** What is wrong with the failover. */
const errors = (changes: object) => FAILOVER_CHECKS.flatMap((check) => check(parsed(changes)));

/** What is wrong with a field of the failover by itself. */
const fieldErrors = (failover: object) =>
  (declareSite({ domain, origin: { instance }, failover }).errors ?? []).filter(
    ({ detail }) => !detail.includes(' yet: '),
  );

describe('the failover of a document', () => {
  test('has every setting that is left out, the path from the origin', () => {
    expect(declared({}).failover).toEqual({
      originName: `origin.${domain}`,
      check: { path: '/', intervalSeconds: 30, failures: 3 },
      page: DEFAULT_PAGE,
    });
    const origin = { instance: { ...instance, healthPath: '/up' } };
    expect(declared({}, { origin }).failover?.check?.path).toBe('/up');
    expect(declared({ check: { path: '/deep' } }, { origin }).failover?.check?.path).toBe('/deep');
    expect(declared({ check: { intervalSeconds: 10, failures: 1 } }).failover?.check).toEqual({
      path: '/',
      intervalSeconds: 10,
      failures: 1,
    });
    expect(declareSite({ domain, origin: { instance } }).site?.failover).toBeUndefined();
  });

  test('has the words of its page, in its language, or a whole document instead', () => {
    const page = { title: 'Umbau', message: 'Gleich wieder da.\nDanke!', contact: '+49 30 1234', language: 'de' };
    expect(declared({ page }).failover?.page).toEqual(page);
    const html = '<!doctype html>\n<title>Back soon</title>';
    expect(declared({ page: { html } }).failover?.page).toEqual({ ...DEFAULT_PAGE, html });
    expect(textProblems({ failover: { page: { html, message: 'a\tb' } } })).toEqual([]);
    expect(textProblems({ failover: { page: { html: 'a\u0000', title: 'a\n' } } })).toHaveLength(2);
  });

  test('behind CloudFront has a page alone, which is no name and no health check', () => {
    const site = declared({}, { edge: 'cdn' });
    expect(site.failover).toEqual({ page: DEFAULT_PAGE });
    expect(site.cdn?.originName).toBe(`origin.${domain}`);
    expect(errors({ edge: 'cdn' })).toEqual([]);
    const found = errors({ edge: 'cdn', failover: { check: {}, originName: 'to.example.test' } });
    expect(found.map(({ pointer }) => pointer)).toEqual(['#/failover/check', '#/failover/originName']);
  });

  test.each([
    ['203.0.113.7', '203.0.113.7/32'],
    ['198.51.100.0/24', '198.51.100.0/24'],
    ['2001:DB8:0::7', '2001:db8::7/128'],
    ['2001:db8:0:0::/48', '2001:db8::/48'],
  ])('lets an operator at %s past the page, as %s', (typed, canonical) => {
    for (const edge of ['load-balancer', 'cdn']) {
      expect(declared({ bypass: { addresses: [typed] } }, { edge }).failover?.bypass).toEqual({
        addresses: [canonical],
      });
    }
  });

  test.each([
    {},
    { title: 'Umbau', message: 'Gleich.', language: 'de' },
    { html: '<!doctype html><title>Mine</title>' },
  ])('may be declared again as it is shown, with a page of %j', (page) => {
    const { failover } = declared({ page });
    expect(declared({ ...failover }).failover).toEqual(failover);
  });

  test('differs by the settings that differ', () => {
    const page: FailoverPage = { ...DEFAULT_PAGE, title: 'Closed' };
    expect(differingFields(declared({ page: { title: 'Closed' } }), declared({}))).toEqual([
      { path: ['failover', 'page', 'title'], before: DEFAULT_PAGE.title, after: page.title },
    ]);
  });

  test('adds a name to the site, which has to be in one of its zones', () => {
    const site = declared({ originName: 'to.example.test' });
    expect(namesOf(site).at(-1)).toEqual({ name: 'to.example.test', path: ['failover', 'originName'] });
    expect(zoneProblems(site, [{ id: 'Z1', name: domain }])).toMatchObject([{ pointer: '#/failover/originName' }]);
    expect(zoneProblems(declared({}), [{ id: 'Z1', name: domain }])).toEqual([]);
  });
});

describe('a failover that cannot be used', () => {
  test.each([
    [{ check: { path: 'up' } }, '#/failover/check/path', 'Must be a path that begins with "/"'],
    [{ check: { path: `/${'a'.repeat(255)}` } }, '#/failover/check/path', 'at most 255 characters'],
    [{ check: { intervalSeconds: 20 } }, '#/failover/check/intervalSeconds', 'Must be 10 or 30, not 20'],
    [{ check: { failures: 0 } }, '#/failover/check/failures', 'Must be at least 1'],
    [{ check: { failures: 11 } }, '#/failover/check/failures', 'Must be at most 10'],
    [{ page: { html: 'Back soon' } }, '#/failover/page/html', 'Must be an HTML document'],
    [{ page: { html: `<p>${'ü'.repeat(50_000)}` } }, '#/failover/page/html', 'Must have at most 100000 bytes'],
    [{ page: { title: ' ' } }, '#/failover/page/title', 'Must have some words in it'],
    [{ page: { language: 'English, please' } }, '#/failover/page/language', 'Must be a language tag'],
    [{ page: { language: 'de', title: 'Umbau' } }, '#/failover/page/message', '"language" says "de"'],
    [{ pages: {} }, '#/failover/pages', 'Is not a field'],
    [{ bypass: {} }, '#/failover/bypass/addresses', 'Is missing'],
    [{ bypass: { addresses: [] } }, '#/failover/bypass/addresses', 'at least 1'],
    [{ bypass: { addresses: Array(21).fill('203.0.113.7') } }, '#/failover/bypass/addresses', 'at most 20'],
    [{ bypass: { addresses: ['office'] } }, '#/failover/bypass/addresses/0', 'Cannot read "office" as a CIDR block'],
    [{ bypass: { addresses: ['203.0.113.7/24'] } }, '#/failover/bypass/addresses/0', 'an address inside a network'],
    [{ bypass: { addresses: ['0.0.0.0/0'] } }, '#/failover/bypass/addresses/0', 'nobody would see it'],
    [{ bypass: { addresses: ['::/0'] } }, '#/failover/bypass/addresses/0', 'nobody would see it'],
    [{ bypass: { addresses: ['0.0.0.0/1', '128.0.0.0/1'] } }, '#/failover/bypass/addresses', 'are every address'],
    [
      { bypass: { addresses: ['::/1', '203.0.113.7', 'c000::/2', '8000::/2'] } },
      '#/failover/bypass/addresses',
      'nobody',
    ],
  ])('by itself: %j', (failover, pointer, detail) => {
    expect(fieldErrors(failover)).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });

  test.each([
    [{ dns: 'external' }, '#/failover', 'Cannot fail over with dns "external" and edge "load-balancer"'],
    [{ access: ['203.0.113.0/24'] }, '#/access', 'Cannot fail over while access is limited'],
    [{ access: ['::/0'] }, '#/access', 'Cannot fail over while access is limited'],
    [{ origin: { server: { address: '2001:db8::7' } }, edge: 'direct' }, '#/origin/server', 'it has IPv6 only'],
    [{ origin: { server: { ...server, port: 8443 } }, edge: 'direct' }, '#/origin/server/port', '80 and 443 only'],
    [{ failover: { originName: domain } }, '#/failover/originName', 'viewers use it'],
    [{ directName: `origin.${domain}` }, '#/failover/originName', 'it is the direct name'],
    [
      { origin: { server: { name: `origin.${domain}` } }, edge: 'direct' },
      '#/failover/originName',
      'it is the name of the server',
    ],
    [
      { failover: { bypass: { addresses: ['203.0.113.7', '203.0.113.7/32'] } } },
      '#/failover/bypass/addresses/1',
      'Cannot use "203.0.113.7/32" twice',
    ],
    [{ failover: { page: { html: '<p>', contact: 'us' } } }, '#/failover/page/contact', 'beside "html"'],
  ])('with the rest of the document: %j', (changes, pointer, detail) => {
    expect(errors(changes)).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });

  test.each([
    [{ dns: 'external', edge: 'cdn' }],
    [{ dns: { role: 'arn:aws:iam::210987654321:role/nameplate-dns' } }],
    [{ access: ['0.0.0.0/0'] }],
    [{ origin: { server }, edge: 'direct' }],
    [{ origin: { server: { name: 'a.example.test' } }, edge: 'direct' }],
    [{ edge: 'direct' }],
  ])('and one that can: %j', (changes) => {
    expect(errors(changes)).toEqual([]);
  });
});
