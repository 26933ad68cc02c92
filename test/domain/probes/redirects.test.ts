import { describe, expect, test } from '@jest/globals';
import { type EdgeName, edgeOf } from '../../../domain/edges/edge.ts';
import { deadRedirect, hostRefused, redirectLoop, redirectOf, toldInWords } from '../../../domain/probes/redirects.ts';
import { aSite } from '../../support/site.ts';

const shop = new URL('https://shop.example.test/');
const url = (href: string) => new URL(href);

describe('redirectOf()', () => {
  test.each([
    ['https://www.example.test/x?y#z', 'https://www.example.test/x?y'],
    ['/login', 'https://shop.example.test/login'],
    ['//other.example.test', 'https://other.example.test/'],
    ['', 'https://shop.example.test/'],
  ])('reads the Location "%s"', (location, to) => {
    expect(redirectOf({ status: 302, location }, shop)?.href).toBe(to);
  });

  test.each([
    { status: 200, location: '/login' },
    { status: 304, location: '/login' },
    { status: 301 },
    { status: 301, location: 'https://[' },
  ])('takes %j for a page that stays', (page) => {
    expect(redirectOf(page, shop)).toBeUndefined();
  });
});

describe('redirectLoop()', () => {
  const loop = (urls: URL[], edge: EdgeName = 'load-balancer') =>
    redirectLoop(urls, edgeOf({ edge }).schemeAdvice(aSite({ edge }))).message;

  test('C2: says that the web server is to trust X-Forwarded-Proto where a page leads to itself', () => {
    expect(loop([shop, shop])).toBe(
      'Viewers of "https://shop.example.test/" are sent to "https://shop.example.test/": a redirect loop. The load balancer speaks plain HTTP to its target, so that web server takes every request for one without https: have it trust the header X-Forwarded-Proto, which the load balancer sets to "https", before it redirects',
    );
    expect(loop([shop, url('http://shop.example.test/'), shop])).toContain('X-Forwarded-Proto');
  });

  test('C2: says nothing of a load balancer where viewers connect to the instance itself', () => {
    const plain = url('http://shop.example.test/');
    expect(loop([plain, plain], 'direct')).toMatch(
      /: a redirect loop\. Have its web server answer .* without a redirect$/,
    );
  });

  test('C2: says that names, or pages, lead to one another', () => {
    expect(loop([shop, url('https://www.example.test/'), shop])).toMatch(/one of these names only$/);
    expect(loop([shop, url('https://shop.example.test/in'), shop])).toMatch(/without a redirect$/);
  });
});

const asked = { url: shop, host: 'shop.example.test' };

test('C2: hostRefused() tells a 4xx under the name from other answers', () => {
  expect(hostRefused({ status: 400 }, asked)).toContain('allow the Host "shop.example.test"');
  expect([200, 301, 503].map((status) => hostRefused({ status }, asked))).toEqual([undefined, undefined, undefined]);
});

test('messages stay of a length that can be read', () => {
  const to = url(`https://shop.example.test:81/${'x'.repeat(5_000)}`);
  expect(deadRedirect({ from: shop, to, why: 'nothing listens' }).message.length).toBeLessThan(500);
  expect(toldInWords([])).toBe('');
});
