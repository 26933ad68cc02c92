import type { ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pageKey } from '../../../domain/pages/page-path.ts';
import { aZone } from '../../support/a-zone.ts';
import { changeDistribution } from '../../support/change-origin.ts';
import { MaintainedShop } from '../../support/maintained-shop.ts';
import type { Booted } from '../../support/shared-boot.ts';
import { stopFunctions } from '../../support/stopped-functions.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const PATHS = ['/', '/basket', '/deep/down?x=1', '/index.html'];
/** Minutes that three failed checks take, with what the checkers and the load balancer need besides; and as many until they succeed. */
const DETECTED = 3;
const HOUR = 60;
/** What viewers get of a distribution that does not serve the name. */
const HANDSHAKE = expect.stringContaining('handshake failure');

/** Route 53 leads viewers, and we watch what it needs for that. */
export function failoverAlone(boot: Booted): void {
  describe('#13: a shop behind a load balancer that fails over by DNS', () => {
    let shop: MaintainedShop;
    beforeAll(async () => {
      const { nameplate } = boot;
      await aZone(nameplate, 'alone.test');
      shop = new MaintainedShop(nameplate, 'shop.alone.test', { failover: { page: { message: 'As declared' } } });
      await shop.declare();
      await shop.later(HOUR);
    });
    afterAll(() => shop?.takeBack());

    const web = () => shop.nameplate.aws.ec2.web(shop.nameplate.world.instanceId);
    const seenAfter = async (minutes: number) => {
      await shop.nameplate.aws.clock.advance(minutes * 60_000);
      return { overIpv4: await shop.seen(), overIpv6: await shop.seenNow({ family: 6 }) };
    };
    const everywhere = (what: string) => ({ overIpv4: [what, what], overIpv6: [what, what] });
    const failover = async () => (await shop.shown()).failover;
    const isArmedAgain = async () => {
      expect(await shop.drill()).toMatchObject({ ready: true });
      expect(await failover()).toMatchObject({ armed: true, on: 'origin' });
    };

    test('C13: with every function of ours stopped and denied, viewers get the page on every path by every method, over IPv4 and IPv6, and the site once it is back', async () => {
      const { nameplate, domain, www } = shop;
      const { aws } = nameplate;
      expect(await failover()).toMatchObject({ armed: true, on: 'origin' });
      const allow = await stopFunctions(nameplate);
      // What ran has ended, and roles are judged anew.
      await aws.clock.advance(60_000);
      const run = structuredClone(aws.lambda.statistics());
      const mark = aws.calls.mark();

      web().stop();
      expect(await seenAfter(DETECTED)).toEqual(everywhere('page'));
      for (const name of [domain, www]) {
        for (const method of METHODS) {
          for (const path of PATHS) {
            const { status, headers, body } = await nameplate.viewer.https(name, { method, path });
            expect([method, path, status, headers['retry-after']]).toEqual([method, path, 503, expect.any(String)]);
            if (method === 'GET') expect(body).toContain('As declared');
          }
        }
      }
      web().start();
      expect(await seenAfter(DETECTED)).toEqual(everywhere('site'));

      expect(aws.lambda.statistics()).toEqual(run);
      expect(aws.calls.since(mark).filter(({ principal }) => principal.includes('assumed-role/'))).toEqual([]);
      await allow();
      await shop.later(2 * HOUR);
      expect(await shop.shown()).toMatchObject({ state: 'live', failover: { armed: true, on: 'origin' } });
    });

    /** What people were told of one thing: what earlier tests have raised may be resolved meanwhile. Events of one minute come in no order. */
    const alertedOf = (code: string) =>
      shop
        .alerted()
        .filter((told) => told.endsWith(` ${code}`))
        .sort();

    /** The object with the page of the shop, once the hourly look at it has just been. */
    const storedPage = async (): Promise<{ Bucket: string; Key: string }> => {
      const { ask, aws } = shop.nameplate;
      const before = (await failover())?.page?.at;
      await aws.clock.until(async () => (await failover())?.page?.at !== before);
      const { Buckets = [] } = await ask<{ Buckets: { Name: string }[] }>('s3', 'ListBuckets');
      const Bucket = Buckets[0]?.Name ?? '';
      const Key = pageKey(shop.domain);
      const { Contents = [] } = await ask<{ Contents: { Key: string }[] }>('s3', 'ListObjectsV2', { Bucket });
      expect(Contents.filter((page) => page.Key === Key)).toHaveLength(1);
      return { Bucket, Key };
    };

    test('F6: a page that another tool deletes or replaces is found by a drill, and written anew by the hourly look, which tells people', async () => {
      const { ask } = shop.nameplate;
      const url = `https://${shop.domain}/`;
      for (const [operation, more, why] of [
        ['DeleteObject', {}, `"${url}" answers 403, not 503 with the maintenance page`],
        ['PutObject', { Body: Buffer.from('<h1>Ours</h1>') }, `"${url}" answers with another page than the site has`],
      ] as const) {
        shop.alerted();
        await ask('s3', operation, { ...(await storedPage()), ...more });
        const wrong = (await shop.drill()).checks.filter(({ ok }) => !ok);
        expect(wrong).toMatchObject([{ check: 'page', found: expect.stringContaining(why) }]);
        expect(await failover()).toMatchObject({ armed: false, why: expect.stringContaining(why) });
        await shop.later(HOUR + 1);
        expect(alertedOf('pageNotReady')).toEqual(['Raised pageNotReady', 'Resolved pageNotReady']);
        await isArmedAgain();
      }
    });

    test('F6, R28: page and origin are gone at once: the failover is told of, which has the page written anew', async () => {
      const { aws } = shop.nameplate;
      await shop.nameplate.ask('s3', 'DeleteObject', await storedPage());
      web().stop();
      // Sooner than the look of the next hour.
      const isShown = async () => (await shop.seenNow()).every((what) => what === 'page');
      await aws.clock.until(isShown, { limitMs: 10 * 60_000 });
      expect(await seenAfter(0)).toEqual(everywhere('page'));
      expect(await failover()).toMatchObject({ on: 'page', cause: 'health-check', pageSeenAt: expect.any(String) });

      expect(await shop.put({ state: 'on', message: 'Both at once' })).toBe(202);
      await shop.settled();
      expect(await seenAfter(0)).toEqual(everywhere('page'));
      // Nothing serves the site yet: the failover leads viewers to the page from here on.
      expect(await shop.put({ state: 'off' })).toBe(202);
      await shop.settled();
      expect(await seenAfter(0)).toEqual(everywhere('page'));
      web().start();
      expect(await seenAfter(DETECTED)).toEqual(everywhere('site'));
      await isArmedAgain();
    });

    test.each([
      ['is disabled', () => ({ Enabled: false }), [HANDSHAKE, HANDSHAKE]],
      ['has lost an alias', () => ({ Aliases: { Quantity: 1, Items: [shop.domain] } }), ['page', HANDSHAKE]],
    ])(
      'F6, R28: the distribution of the page %s: it is not armed, GET and people are told why, viewers do not see it in an outage, and a plan puts it back',
      async (_, changed, inOutage) => {
        const { ask } = shop.nameplate;
        const { DistributionList } = await ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
        shop.alerted();
        const ours = DistributionList?.Items?.find(({ Aliases }) => Aliases?.Items?.includes(shop.domain));
        await changeDistribution(shop.nameplate, ours?.Id, changed);
        await shop.later(2 * HOUR + 1);
        expect(await failover()).toMatchObject({ armed: false });
        expect(shop.alerted()).toEqual(expect.arrayContaining(['Raised pageNotReady']));
        expect((await shop.drill()).checks.filter(({ ok }) => !ok)).toMatchObject([
          { check: 'page', fix: expect.any(String) },
        ]);
        web().stop();
        await shop.later(DETECTED);
        expect(await shop.seen()).toEqual(inOutage);
        web().start();
        await shop.later(DETECTED);
        expect(await shop.seen()).toEqual(['site', 'site']);
        await shop.declareAnew();
        await isArmedAgain();
      },
    );

    test.each([
      ['R25: disabled', 'UpdateHealthCheck', { Disabled: true }, 'a disabled one counts as healthy'],
      ['R22: deleted', 'DeleteHealthCheck', {}, 'is missing'],
    ])(
      'the health check was %s: it is not armed, GET and people are told why once, and a plan puts it back',
      async (_, operation, input, why) => {
        const { ask } = shop.nameplate;
        const HealthCheckId = await shop.healthCheckId();
        shop.alerted();
        await ask('route53', operation, { HealthCheckId, ...input });
        await shop.later(2 * HOUR + 1);
        expect(await failover()).toMatchObject({ armed: false, why: expect.stringContaining(why) });
        expect(shop.alerted()).toEqual(expect.arrayContaining(['Raised healthCheckNotReady']));
        const { checks } = await shop.drill();
        // Without a health check Route 53 may lead viewers to the page as well.
        expect(checks.filter(({ check }) => check === 'health check')).toMatchObject([
          { ok: false, found: expect.stringContaining(why), fix: expect.stringContaining('Plan its document') },
        ]);
        await shop.declareAnew();
        await isArmedAgain();
        web().stop();
        expect(await seenAfter(DETECTED)).toEqual(everywhere('page'));
        web().start();
        expect(await seenAfter(DETECTED)).toEqual(everywhere('site'));
      },
    );

    test('F6: the alarm on the health check was deleted: people are told once, the site stays armed, and a plan puts it back', async () => {
      const { ask } = shop.nameplate;
      const region = 'us-east-1';
      const healthCheckId = await shop.healthCheckId();
      /** The names of those on the health check. */
      const alarms = async () => {
        const { MetricAlarms = [] } = await ask<DescribeAlarmsOutput>('monitoring', 'DescribeAlarms', {}, region);
        const ours = MetricAlarms.filter(({ Dimensions }) => Dimensions?.some(({ Value }) => Value === healthCheckId));
        return ours.map(({ AlarmName }) => AlarmName);
      };
      const AlarmNames = await alarms();
      expect(AlarmNames).toHaveLength(1);
      shop.alerted();
      await ask('monitoring', 'DeleteAlarms', { AlarmNames }, region);
      await shop.later(2 * HOUR + 1);
      const problems = [
        `The alarm "${AlarmNames[0]}" is missing: an automatic failover is told of without it by nobody`,
      ];
      expect(alertedOf('healthCheckAlarmNotReady')).toEqual(['Raised healthCheckAlarmNotReady']);
      expect(await failover()).toMatchObject({ armed: true, healthCheckAlarm: { isReady: false, problems } });
      await shop.declareAnew();
      expect(await alarms()).toEqual(AlarmNames);
      await isArmedAgain();
    });
  });
}
