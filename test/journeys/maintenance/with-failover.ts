import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { aHealthCheckAlarm, alarmArn } from '../../support/an-alarm.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import { isSite, isSiteOrPage, MaintainedShop } from '../../support/maintained-shop.ts';
import type { Booted } from '../../support/shared-boot.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

const MINUTE = 60_000;
const ALARM = 'shop-fails-over';

/** Route 53 leads viewers to the page, and so does a maintenance, at the same time. */
export function withFailover(boot: Booted): void {
  describe('#13: a shop that fails over by DNS, and its maintenance', () => {
    let shop: MaintainedShop;
    beforeAll(async () => {
      const { nameplate } = boot;
      await aZone(nameplate, 'both.test');
      shop = new MaintainedShop(nameplate, 'shop.both.test', { failover: { check: { intervalSeconds: 10 } } });
      await shop.declare();
    });
    afterAll(() => shop?.takeBack());

    const web = (id = shop.nameplate.world.instanceId) => shop.nameplate.aws.ec2.web(id);
    const failover = async () => (await shop.shown()).failover;
    const page = ['page', 'page'];
    const site = ['site', 'site'];
    /** Changes the document, while a viewer asks all the time. */
    const changedWhileAsked = async (changes: object, isRight = isSiteOrPage) => {
      await shop.nameplate.change(shop.domain, { aliases: [shop.www], ...changes });
      const {
        site: ended,
        failures,
        looks,
      } = await watchedConstantly(shop.nameplate, shop.domain, shop.names, isRight);
      expect([ended.state, ended.reason, failures]).toEqual(['live', undefined, []]);
      expect(looks).toBeGreaterThan(10);
    };

    test('a window that begins during an outage and outlasts it: viewers see the page from the outage until the end of the window', async () => {
      web().stop();
      await shop.later(3);
      expect(await failover()).toMatchObject({ on: 'page', cause: 'health-check' });
      expect(await shop.seenNow()).toEqual(page);
      await shop.window(5, 30);
      await shop.later(8);
      expect(await failover()).toMatchObject({ on: 'page', cause: 'schedule' });
      expect(await shop.seen()).toEqual(page);
      web().start();
      await shop.later(5);
      expect(await shop.seen()).toEqual(page);
      await shop.later(20);
      expect(await failover()).toMatchObject({ on: 'origin' });
      expect(await shop.seen()).toEqual(site);
    });

    test('F5: a window whose end comes during an outage: the failover shows the page from then on, and the site once it is back', async () => {
      await shop.window(1, 20);
      await shop.later(5);
      expect(await failover()).toMatchObject({ on: 'page', cause: 'schedule' });
      web().stop();
      await shop.later(30);
      expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'page', cause: 'health-check' } });
      expect(await shop.shown()).not.toHaveProperty('reason');
      expect(await shop.seen()).toEqual(page);
      web().start();
      // No switch is waited for: the checkers see it within seconds.
      await shop.nameplate.aws.clock.advance(MINUTE);
      expect(await shop.seen()).toEqual(site);
    });

    test('the document is changed while the page is on: other words are shown, another origin is moved to, and no viewer gets anything but the site or the page', async () => {
      const { nameplate } = shop;
      expect(await shop.put({ state: 'on' })).toBe(202);
      await shop.settled();
      await changedWhileAsked({ failover: { check: { intervalSeconds: 10 }, page: { message: 'Other words' } } });
      expect(await failover()).toMatchObject({ on: 'page', cause: 'request' });
      expect(await shop.seen()).toEqual(page);
      expect((await nameplate.viewer.https(shop.www)).body).toContain('Other words');

      const other = await anotherInstance(nameplate, { files: { '/index.html': 'The other shop' } });
      await changedWhileAsked({
        origin: { instance: { id: other } },
        failover: { check: { intervalSeconds: 10 }, page: { message: 'Other words' } },
      });
      expect(await shop.seen()).toEqual(page);
      expect(await shop.put({ state: 'off' })).toBe(202);
      await shop.settled();
      expect(await shop.seen()).toEqual(site);
      expect((await nameplate.viewer.https(shop.www)).body).toContain('The other shop');
    });

    test('the failover is removed while the page is on: viewers get the site, and a failover that is declared later begins with the site', async () => {
      expect(await shop.put({ state: 'on' })).toBe(202);
      await shop.settled();
      await changedWhileAsked({});
      expect(await shop.shown()).not.toHaveProperty('failover');
      expect(await shop.seen()).toEqual(site);
      await changedWhileAsked({ failover: { check: { intervalSeconds: 10 } } }, isSite);
      expect(await failover()).toMatchObject({ on: 'origin' });
      expect(await shop.seen()).toEqual(site);
    });

    test('F4: request, window and alarm at once leave the page on or off, everywhere alike', async () => {
      const { nameplate } = shop;
      await shop.declareAnew({ failover: { check: { intervalSeconds: 10 }, alarm: alarmArn(nameplate, ALARM) } });
      await aHealthCheckAlarm(nameplate, { name: ALARM, healthCheckId: await shop.healthCheckId() });
      await shop.later(10);
      const setAlarm = (StateValue: string) =>
        nameplate.ask('monitoring', 'SetAlarmState', { AlarmName: ALARM, StateValue, StateReason: 'test' });
      for (const [first, second] of [
        ['on', 'off'],
        ['off', 'on'],
      ]) {
        await shop.window(2, 12);
        await nameplate.aws.clock.advance(2 * MINUTE);
        const asked = await Promise.all([
          shop.put({ state: first }),
          setAlarm('ALARM'),
          shop.put({ state: second }),
          setAlarm('OK'),
        ]);
        expect(asked.filter((answer) => typeof answer === 'number' && answer >= 500)).toEqual([]);
        await shop.later(5);
        const { on } = (await failover()) ?? {};
        expect(await shop.seen()).toEqual(on === 'page' ? page : site);
        const sets = (await nameplate.records('both.test')).filter(
          ({ Name, Type }) => shop.names.some((name) => Name === `${name}.`) && (Type === 'A' || Type === 'AAAA'),
        );
        expect(sets).toHaveLength(on === 'page' ? 4 : 8);
        expect(await shop.put({ state: 'off' })).toBeLessThan(300);
        await shop.later(20);
        expect(await shop.seen()).toEqual(site);
      }
    });

    test('F1: an origin that flaps: two switches within thirty minutes, then it is held and people are told; later the alarm switches again', async () => {
      await shop.later(60);
      const before = shop.told('Maintenance Switched').length;
      for (let turn = 0; turn < 5; turn += 1) {
        web().stop();
        await shop.later(5);
        web().start();
        await shop.later(12);
      }
      const switches = shop.toldAt('Maintenance Switched').slice(before);
      expect(switches.length).toBeGreaterThan(2);
      const crowded = switches.filter(
        (at, turn) => (switches[turn + 2] ?? Number.POSITIVE_INFINITY) - at < 30 * MINUTE,
      );
      expect(crowded).toEqual([]);
      expect(shop.told('Maintenance Held')).toContainEqual(expect.objectContaining({ domain: shop.domain }));

      await shop.later(60);
      expect(await failover()).toMatchObject({ on: 'origin' });
      expect(await shop.seen()).toEqual(site);
      web().stop();
      await shop.later(8);
      expect(await failover()).toMatchObject({ on: 'page', cause: 'alarm' });
      expect(await shop.seen()).toEqual(page);
      web().start();
      await shop.later(25);
      expect(await failover()).toMatchObject({ on: 'origin' });
      expect(await shop.seen()).toEqual(site);
    });
  });
}
