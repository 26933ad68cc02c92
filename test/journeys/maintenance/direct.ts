import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { inOrder } from '../../support/certificates.ts';
import { anIssuedCertificate, materialOf } from '../../support/issued-certificate.ts';
import { isSiteOrPage, MaintainedShop } from '../../support/maintained-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { aServerOfTheirs, type TheirServer } from '../../support/server-of-theirs.ts';
import type { Booted } from '../../support/shared-boot.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

const HOUR = 60;
const DAY_MS = 86_400_000;
const ADDRESS = '198.51.100.61';
const failover = {};
const page = ['page', 'page'];
const site = ['site', 'site'];

/** Records lead to the origin itself. */
export function direct(boot: Booted): void {
  describe('a site with edge "direct"', () => {
    let nameplate: Nameplate;
    let server: TheirServer;
    let material: { key: string; cert: string };
    /** By what their records lead to. */
    let shops: { server: MaintainedShop; instance: MaintainedShop };

    beforeAll(async () => {
      nameplate = boot.nameplate;
      const zoneId = await aZone(nameplate, 'direct.test');
      const elsewhere = { edge: 'direct', origin: { server: { address: ADDRESS } }, failover };
      const plain = { scheme: 'http', edge: 'direct', failover } as const;
      shops = {
        server: new MaintainedShop(nameplate, 'server.direct.test', elsewhere),
        instance: new MaintainedShop(nameplate, 'instance.direct.test', plain),
      };
      const arn = await anIssuedCertificate(nameplate, { zoneId, names: shops.server.names });
      material = materialOf(nameplate, arn);
      server = await aServerOfTheirs(nameplate, { address: ADDRESS, port: 443, material });
      await shops.server.declare();
      await shops.instance.declare();
    });
    afterAll(async () => {
      for (const shop of Object.values(shops ?? {})) await shop.takeBack();
      server?.close();
    });

    describe.each(['server', 'instance'] as const)(
      '#13: the maintenance of a site with edge "direct" before its own %s',
      (origin) => {
        const failoverOf = async () => (await shops[origin].shown()).failover;

        test('on and off by request', async () => {
          const shop = shops[origin];
          expect(await shop.put({ state: 'on', message: 'Back at four' })).toBe(202);
          await shop.settled();
          expect(await failoverOf()).toMatchObject({ on: 'page', cause: 'request' });
          expect(await shop.seen()).toEqual(page);
          expect(await shop.put({ state: 'off' })).toBe(202);
          await shop.settled();
          expect(await failoverOf()).toMatchObject({ on: 'origin' });
          expect(await shop.seen()).toEqual(site);
        });

        test('F4: the lock keeps the page on beyond a window, and off within one', async () => {
          const shop = shops[origin];
          await shop.window(1, 4);
          expect(await shop.put({ state: 'on', hold: true })).toBe(202);
          await shop.later(6);
          expect(await failoverOf()).toMatchObject({ on: 'page', hold: true });
          expect(await shop.seen()).toEqual(page);
          await shop.window(1, 10);
          expect(await shop.put({ state: 'off', hold: true })).toBe(202);
          await shop.later(5);
          expect(await failoverOf()).toMatchObject({ on: 'origin', hold: true });
          expect(await shop.seen()).toEqual(site);
          await shop.later(6);
          expect(await shop.put({ state: 'off' })).toBe(200);
        });

        test('by a window, from its start until its end', async () => {
          const shop = shops[origin];
          await shop.window(2, 10);
          await shop.later(5);
          expect(await failoverOf()).toMatchObject({ on: 'page', cause: 'schedule' });
          expect(await shop.seen()).toEqual(page);
          await shop.later(8);
          expect(await failoverOf()).toMatchObject({ on: 'origin' });
          expect(await shop.seen()).toEqual(site);
        });
      },
    );

    test('#13: no viewer of a server gets anything but the site or the page while the page is switched on and off', async () => {
      const shop = shops.server;
      for (const state of ['on', 'off']) {
        expect(await shop.put({ state })).toBe(202);
        const { failures, looks } = await watchedConstantly(nameplate, shop.domain, shop.names, isSiteOrPage);
        expect(failures).toEqual([]);
        expect(looks).toBeGreaterThan(10);
      }
    });

    test('F7: an expired certificate of a server fails no health check: our own look finds it, and people are told of each name once', async () => {
      const shop = shops.server;
      expect(await shop.drill()).toMatchObject({ ready: true });
      // By the clock of this machine, which viewers go by and AWS time has left behind.
      const now = Date.now();
      const notBefore = new Date(now - 90 * DAY_MS);
      const notAfter = new Date(now - DAY_MS);
      server.install(
        inOrder(
          await nameplate.aws.authority.issue({ names: shop.names, keyAlgorithm: 'RSA_2048', notBefore, notAfter }),
        ),
      );
      // Found within an hour, and once more by the sweep after it.
      await shop.later(2 * HOUR + 1);
      const expired = expect.stringMatching(/certificate for "server\.direct\.test" expired/);
      expect(shop.alerted()).toEqual([
        'Raised certificateExpiring',
        'Raised certificateExpired',
        'Raised certificateExpired',
      ]);
      expect(await shop.shown()).toMatchObject({
        failover: {
          armed: true,
          on: 'origin',
          certificate: { isReady: false, problems: expect.arrayContaining([expired]) },
        },
      });
      const { ready, checks } = await shop.drill();
      expect([ready, checks.filter(({ ok }) => !ok).map(({ check }) => check)]).toEqual([false, ['certificate']]);
      // Viewers are refused by their own browsers meanwhile: Route 53 leads them to the server all the same.
      expect(await shop.seen()).toEqual(['certificate has expired', 'certificate has expired']);

      server.install(material);
      expect(await shop.drill()).toMatchObject({ ready: true });
      expect(await shop.seen()).toEqual(site);
    });
  });
}
