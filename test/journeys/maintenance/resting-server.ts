import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { MaintainedShop } from '../../support/maintained-shop.ts';
import type { Booted } from '../../support/shared-boot.ts';

const HOUR = 60;
/** Minutes that three checks take, with the boot of the server and the load balancer's own checks besides. */
const DETECTED = 5;

/** A server that its owner stops. */
export function restingServer(boot: Booted): void {
  describe('the server of a site with a page', () => {
    let shop: MaintainedShop;
    beforeAll(async () => {
      const { nameplate } = boot;
      await aZone(nameplate, 'resting.test');
      const newInstance = { type: 't4g.micro', subnet: nameplate.world.subnetIds[0], elasticIp: true };
      shop = new MaintainedShop(nameplate, 'shop.resting.test', {
        origin: { newInstance },
        failover: { page: { message: 'We rest' } },
      });
      await shop.declare();
    });
    afterAll(() => shop?.takeBack());

    const server = async (action: 'stop' | 'start') =>
      (await shop.ask('server', { method: 'POST', body: { action } })).status;

    test('a created server that is stopped gives viewers the page, its owner the price of the idle address, and the site once it is started', async () => {
      expect(await server('stop')).toBe(202);
      await shop.later(DETECTED);
      expect(await shop.seen()).toEqual(['page', 'page']);
      await shop.later(8 * HOUR);
      expect(shop.alerted()).toContain('Raised addressIdle');
      expect(await server('start')).toBe(202);
      await shop.later(DETECTED);
      expect(await shop.seen()).toEqual(['site', 'site']);
      await shop.later(2 * HOUR);
      expect(shop.alerted()).toContain('Resolved addressIdle');
    });
  });
}
