import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { aSetAlarm, setAlarm } from '../../support/an-alarm.ts';
import { isSiteOrPage, MaintainedShop } from '../../support/maintained-shop.ts';
import type { Booted } from '../../support/shared-boot.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

const MINUTE = 60_000;
const ALARM = 'shop-is-down';

/** What switches the page on and off. */
export function requestsAndCauses(boot: Booted): void {
  describe.each(['load-balancer', 'cdn'] as const)('the maintenance of a site with the edge "%s"', (edge) => {
    let shop: MaintainedShop;
    beforeAll(async () => {
      const { nameplate } = boot;
      await aZone(nameplate, `${edge}.test`);
      const failover = { page: { message: 'As declared' } };
      shop = new MaintainedShop(nameplate, `shop.${edge}.test`, { edge, failover });
      await shop.declare();
    });
    afterAll(() => shop?.takeBack());

    test('on by request: no request during the switch gets anything but the site or the page, and every path has the page afterwards', async () => {
      const { nameplate, domain, www } = shop;
      expect(await shop.put({ state: 'on', message: 'Back at four' })).toBe(202);
      const { failures, looks } = await watchedConstantly(nameplate, domain, [domain, www], isSiteOrPage);
      expect(failures).toEqual([]);
      expect(looks).toBeGreaterThan(10);
      expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'page', cause: 'request' } });
      expect(await shop.seen()).toEqual(['page', 'page']);
      const answer = await nameplate.viewer.https(www, { path: '/basket?of=me' });
      expect([answer.status, answer.body]).toEqual([503, expect.stringContaining('Back at four')]);
    });

    test('the same request again moves nothing', async () => {
      expect(await shop.put({ state: 'on', message: 'Back at four' })).toBe(200);
      expect(shop.nameplate.aws.states.running()).toEqual([]);
    });

    test('off by request: no request gets anything but the site or the page, and every name has the site afterwards', async () => {
      const { nameplate, domain, www } = shop;
      expect(await shop.put({ state: 'off' })).toBe(202);
      const { failures } = await watchedConstantly(nameplate, domain, [domain, www], isSiteOrPage);
      expect(failures).toEqual([]);
      expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'origin' } });
      expect(await shop.seen()).toEqual(['site', 'site']);
    });

    test('without a request, while the origin fails: viewers see the page, and the site once it is well', async () => {
      const { aws, world } = shop.nameplate;
      aws.ec2.web(world.instanceId).fail(503);
      await aws.clock.advance(7 * MINUTE);
      for (const name of [shop.domain, shop.www]) {
        const { status, body } = await shop.nameplate.viewer.https(name, { path: '/basket' });
        expect([status, body]).toEqual([503, expect.stringContaining('As declared')]);
      }
      aws.ec2.web(world.instanceId).fail(undefined);
      await aws.clock.advance(5 * MINUTE);
      expect(await shop.seen()).toEqual(['site', 'site']);
      expect(await shop.shown()).toMatchObject({ state: 'live', failover: { on: 'origin' } });
    });
  });

  describe('what asks for the maintenance of a site', () => {
    let shop: MaintainedShop;
    beforeAll(async () => {
      const { nameplate } = boot;
      await aZone(nameplate, 'asked.test');
      const alarm = await aSetAlarm(nameplate, ALARM);
      shop = new MaintainedShop(nameplate, 'shop.asked.test', { failover: { alarm } });
      await shop.declare();
    });
    afterAll(() => shop?.takeBack());

    test('a window: the page is on from its start until its end', async () => {
      await shop.window(60, 120, 'Tonight');
      await shop.later(50);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
      await shop.later(12);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'page', cause: 'schedule' } });
      expect(await shop.seen()).toEqual(['page', 'page']);
      await shop.later(62);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
      expect(await shop.seen()).toEqual(['site', 'site']);
    });

    test('F5: a window whose end event is lost ends by the sweep', async () => {
      const { id } = await shop.window(10, 30);
      const { Schedules } = await shop.nameplate.ask<{ Schedules: { Name: string; GroupName: string }[] }>(
        'scheduler',
        'ListSchedules',
      );
      const end = Schedules.find(({ Name }) => Name.endsWith(`${id}-until`));
      await shop.nameplate.ask('scheduler', 'DeleteSchedule', { Name: end?.Name, GroupName: end?.GroupName });
      await shop.later(12);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'page', cause: 'schedule' } });
      await shop.later(26);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
    });

    test('F4: the lock beats a window and the alarm', async () => {
      expect(await shop.put({ state: 'off', hold: true })).toBe(200);
      await shop.window(1, 20);
      await setAlarm(shop.nameplate, ALARM, 'ALARM');
      await shop.later(10);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'origin', hold: true } });
      await setAlarm(shop.nameplate, ALARM, 'OK');
      await shop.later(45);
      expect(await shop.put({ state: 'off' })).toBe(200);
    });

    test('F1: the alarm switches the page on, and off once it was healthy for ten minutes', async () => {
      await setAlarm(shop.nameplate, ALARM, 'ALARM');
      await shop.later(5);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'page', cause: 'alarm' } });
      expect(await shop.seen()).toEqual(['page', 'page']);
      await setAlarm(shop.nameplate, ALARM, 'OK');
      await shop.later(5);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'page' } });
      await shop.later(15);
      expect(await shop.shown()).toMatchObject({ failover: { on: 'origin' } });
      expect(await shop.seen()).toEqual(['site', 'site']);
    });
  });
}
