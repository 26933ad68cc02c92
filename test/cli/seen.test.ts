import { describe, expect, test } from '@jest/globals';
import type { SiteView } from '../../cli/api.ts';
import { look } from '../../cli/seen.ts';
import type { Answer, Served } from '../../cli/viewer.ts';
import { renderPage } from '../../domain/pages/render-page.ts';
import { DEFAULT_PAGE } from '../../domain/sites/failover.ts';

const domain = 'shop.example.test';
const page = { ...DEFAULT_PAGE, title: 'Closed for a moment' };
const site = {
  domain,
  aliases: [],
  edge: 'load-balancer',
  http: 'redirect',
  origin: { instance: { id: 'i-1', port: 80, healthPath: '/' } },
  failover: { page },
} satisfies SiteView['site'];
const certificate: Served = { names: [domain], issuer: 'CA', validFrom: new Date(0), validTo: new Date(0) };

const answer = (status: number, body: string, headers: Answer['headers'] = {}): Answer => ({ status, headers, body });
const refused = (): Promise<never> => Promise.reject(new Error('Cannot connect: refused'));

/** A viewer who gets these answers; without one the connection is refused. */
const viewer = ({ http, https }: { http?: Answer; https?: Answer }) => ({
  http: async () => http ?? refused(),
  https: async () => (https ? { ...https, certificate } : refused()),
});

describe('look()', () => {
  test('finds the page of the site by its very words, and says when to ask again', async () => {
    const https = answer(503, renderPage(page, { domain }), { 'retry-after': '120' });
    expect(await look(viewer({ https }), site)).toEqual({
      what: 'page',
      answer: '503 "Closed for a moment"',
      details: `Retry-After 120 s; certificate for ${domain}`,
    });
  });

  test.each([
    ['the page of another site', 503, renderPage(page, { domain: 'another.example.test' })],
    ['the page with status 200 is the site', 200, renderPage(page, { domain })],
    ['an error of the load balancer', 502, '<html><head><title>502 Bad Gateway</title></head></html>'],
  ])('does not take for the page: %s', async (_, status, body) => {
    expect((await look(viewer({ https: answer(status, body) }), site)).what).not.toBe('page');
  });

  test('says an error by its status once', async () => {
    const https = answer(502, '<html><head><title>502 Bad Gateway</title></head></html>');
    expect(await look(viewer({ https }), site)).toEqual({ what: 'neither', answer: '502 Bad Gateway', details: '' });
  });

  test('says why there is no answer', async () => {
    const details = 'Cannot connect: refused';
    expect(await look(viewer({}), site)).toEqual({ what: 'neither', answer: 'No answer', details });
    const http = answer(502, 'Cannot reach it\n', { 'proxy-status': 'local-aws; error=connection_refused' });
    const plain = { ...site, edge: 'direct' } as const;
    expect(await look(viewer({ http }), plain)).toMatchObject({ what: 'neither', details: 'Cannot reach it' });
  });

  test('follows from HTTP to HTTPS under the same name, and nowhere else', async () => {
    const plain = { ...site, edge: 'direct' } as const;
    const https = answer(200, '<title>The shop</title>');
    const to = (location: string) => look(viewer({ http: answer(301, '', { location }), https }), plain);
    expect(await to(`https://${domain}/`)).toMatchObject({ what: 'site', answer: '200 "The shop"' });
    expect(await to('https://elsewhere.example/')).toMatchObject({ what: 'neither', answer: '301 Moved Permanently' });
  });
});
