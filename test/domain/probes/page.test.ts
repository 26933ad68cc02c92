import { describe, expect, test } from '@jest/globals';
import { EDGE_NAMES, edgeOf, needsResource } from '../../../domain/edges/edge.ts';
import { judgePage, judgeRedirect } from '../../../domain/probes/page.ts';
import { aCdn, aSite } from '../../support/site.ts';

const url = 'https://shop.example.test/';

describe('judgePage()', () => {
  test.each([200, 204, 302, 401, 403, 404])('takes %i for an answer of the site itself', (status) => {
    expect(judgePage({ status }, { url })).toBeUndefined();
  });

  test.each([500, 502, 503, 504])('L13: does not take %i for the site', (status) => {
    expect(judgePage({ status }, { url })?.message).toContain(`"${url}" answers ${status}`);
  });

  test.each(EDGE_NAMES)('explains by the edge "%s" only the error pages that are its own', (edge) => {
    const errorPages = edgeOf({ edge }).errorPages({ status: 502 }, aSite({ edge }));
    const { message } = judgePage({ status: 502 }, { url, errorPages }) ?? {};
    expect(message).toBe(`"${url}" answers 502${errorPages.get(502) ?? ''}`);
    expect(/load balancer/.test(message ?? '')).toBe(needsResource(aSite({ edge }), 'load balancer'));
  });
});

describe('a page behind CloudFront', () => {
  const site = aSite({ edge: 'cdn' });
  const edge = edgeOf(site);
  const meaning = (status: number, server?: string) => {
    const page = { status, ...(server !== undefined && { server }) };
    return judgePage(page, { url, errorPages: edge.errorPages(page, site) })?.message;
  };

  test.each([
    ['C9: C10: C11: of CloudFront names what to look at', 502, 'CloudFront', 'the certificate of the listener'],
    ['of CloudFront says that it may pass', 503, 'CloudFront', 'may be over in some minutes'],
    ['C12: of CloudFront names the security group', 504, 'CloudFront', "let in CloudFront's prefix list"],
    ["without a name of its server counts as CloudFront's", 502, undefined, 'from CloudFront'],
    ['of the load balancer names the target', 502, 'awselb/2.0', 'no valid answer from the target'],
    ['of the load balancer without a target says so', 503, 'awselb/2.0', 'no target that it may ask'],
  ])('%s: %i', (_, status, server, expected) => {
    expect(meaning(status, server)).toContain(expected);
  });

  test('of the web server itself means no more than it says', () => {
    expect(meaning(502, 'nginx')).toBe(`"${url}" answers 502`);
  });

  const refusal = (server: string | undefined, lock: boolean) =>
    edge.refusal?.({ status: 403, ...(server !== undefined && { server }) }, { ...site, cdn: { ...aCdn(), lock } });

  test('with 403 of the load balancer is that of the lock, which viewers get as well', () => {
    expect(refusal('awselb/2.0', true)).toMatchObject({
      stops: true,
      meaning: expect.stringContaining('secret header'),
    });
    expect(refusal('awselb/2.0', false)).toMatchObject({ stops: false });
  });

  test("with 403 of CloudFront may refuse this probe alone, and any other is the application's own", () => {
    expect(refusal('CloudFront', true)).toMatchObject({ stops: false, meaning: expect.stringContaining('web ACL') });
    expect([refusal('nginx', true), refusal(undefined, true)]).toEqual([undefined, undefined]);
    expect(edge.refusal?.({ status: 404, server: 'CloudFront' }, site)).toBeUndefined();
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
