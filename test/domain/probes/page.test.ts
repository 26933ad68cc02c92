import { describe, expect, test } from '@jest/globals';
import { EDGE_NAMES, edgeOf, needsResource } from '../../../domain/edges/edge.ts';
import { judgePage, judgeRedirect } from '../../../domain/probes/page.ts';
import { aSite } from '../../support/site.ts';

const url = 'https://shop.example.test/';

describe('judgePage()', () => {
  test.each([200, 204, 302, 401, 403, 404])('takes %i for an answer of the site itself', (status) => {
    expect(judgePage({ status }, { url })).toBeUndefined();
  });

  test.each([500, 502, 503, 504])('L13: does not take %i for the site', (status) => {
    expect(judgePage({ status }, { url })?.message).toContain(`"${url}" answers ${status}`);
  });

  test.each(EDGE_NAMES)('explains by the edge "%s" only the error pages that are its own', (edge) => {
    const { errorPages } = edgeOf({ edge });
    const { message } = judgePage({ status: 502 }, { url, errorPages }) ?? {};
    expect(message).toBe(`"${url}" answers 502${errorPages.get(502) ?? ''}`);
    expect(/load balancer/.test(message ?? '')).toBe(needsResource(aSite({ edge }), 'load balancer'));
  });
});

describe('judgeRedirect()', () => {
  test.each(['https://shop.example.test/', 'https://shop.example.test:443/', 'https://shop.example.test/en?x=1'])(
    'is content with 301 to %s',
    (location) => {
      expect(judgeRedirect({ status: 301, location }, 'shop.example.test')).toBeUndefined();
    },
  );

  test.each([
    { status: 302, location: 'https://shop.example.test/' },
    { status: 301, location: 'http://shop.example.test/' },
    { status: 301, location: 'https://other.example.test/' },
    { status: 301, location: 'https://shop.example.test:8443/' },
    { status: 301, location: '/' },
    { status: 200 },
  ])('is not content with %j', (page) => {
    expect(judgeRedirect(page, 'shop.example.test')).toMatchObject({ reason: 'httpNotRedirected' });
  });
});
