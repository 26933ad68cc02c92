import { beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { Booted } from '../../support/shared-boot.ts';
import { aCdn } from '../../support/site.ts';
import { Walk } from '../walk.ts';

let nameplate: Nameplate;

export function pageDistribution(boot: Booted): void {
  beforeAll(() => {
    nameplate = boot.nameplate;
  });

  const failover = { page: { ...DEFAULT_PAGE, title: 'Back at eight', message: 'We are moving the shop.' } };

  /** Walks until the distribution of the site is deployed, and tells where it answers. */
  async function deployed(walk: Walk): Promise<string> {
    const { aws, viewer } = nameplate;
    for (const state of ['FindZone', 'RequestCertificate', 'RequestViewerCertificate', 'WriteViewerValidationRecords'])
      await walk.step(state);
    await aws.clock.advance(10 * 60_000);
    const { certificateArn } = await walk.output('RequestViewerCertificate');
    await walk.done('AwaitViewerCertificate', { certificateArn });
    for (const state of ['WritePage', 'CreateDistribution', 'ServeAliases', 'AwaitDistribution'])
      await walk.step(state);
    const [address = ''] = await viewer.addresses(String((await walk.output('CreateDistribution'))['domainName']));
    return address;
  }

  test('13: every path and method of a site behind a load balancer gets the page with 503 at CloudFront, under its own certificate', async () => {
    const { aws, viewer } = nameplate;
    const domain = 'shop.page.test';
    const walk = await Walk.begin(nameplate, { domain, aliases: [`www.${domain}`], failover });
    const at = await deployed(walk);
    for (const name of [domain, `www.${domain}`]) {
      const { certificate, ...answer } = await viewer.https(name, { at, path: '/cart?id=1' });
      expect(certificate.names).toEqual([domain, `www.${domain}`]);
      expect(answer).toMatchObject({
        status: 503,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
          'retry-after': '120',
        },
        body: expect.stringContaining('<h1>Back at eight</h1>\n<p>We are moving the shop.</p>'),
      });
      expect(answer.headers).not.toHaveProperty('strict-transport-security');
    }
    const paths = [
      '/',
      '/a/b.png',
      '/none/x',
      '/.nameplate/other.html',
      `/${'long'.repeat(400)}`,
      '/%zz',
      '/%2e%2e/',
      '/.well-known/acme',
    ];
    for (const path of paths) expect([path, (await viewer.https(domain, { at, path })).status]).toEqual([path, 503]);
    for (const method of ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, body } = await viewer.https(domain, { at, method, body: method === 'HEAD' ? '' : 'a=1' });
      expect([method, status, body.includes('Back at eight')]).toEqual([method, 503, method !== 'HEAD']);
    }
    // Nothing of it is kept, and no function of ours has a part in it.
    await aws.clock.advance(3_600_000);
    const mark = aws.calls.mark();
    expect((await viewer.https(domain, { at })).status).toBe(503);
    expect(aws.calls.since(mark).filter(({ service }) => service === 'lambda')).toEqual([]);
  });

  test('13: the page stands for an origin behind CloudFront that does not answer, and for no page of the origin', async () => {
    const { viewer } = nameplate;
    const domain = 'cdn.page.test';
    const document: Partial<Site> & { domain: string } = { domain, edge: 'cdn', cdn: aCdn(domain), failover };
    const walk = await Walk.begin(nameplate, document);
    // No record of the origin name is there: CloudFront reaches nothing.
    const at = await deployed(walk);
    const { status, body, headers } = await viewer.https(domain, { at, path: '/cart' });
    expect([status, body.includes('Back at eight'), headers['cache-control']]).toEqual([503, true, 'no-store']);
  });
}
