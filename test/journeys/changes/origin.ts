import { beforeEach, describe, expect, test } from '@jest/globals';
import { anotherInstance } from '../../support/another-instance.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

export function origin(boot: SharedBoot): void {
  describe('a change of the origin', () => {
    let nameplate: Nameplate;
    let zone: string;
    let shop: string;
    beforeEach(() => {
      nameplate = boot.nameplate;
      ({ zone, shop } = boot.namesInZone());
    });

    test('another instance: the old one serves until the new one is healthy, and no request fails', async () => {
      await becomesLive(nameplate, { zone, shop });
      const instanceId = await anotherInstance(nameplate);
      await nameplate.change(shop, { origin: { instance: { id: instanceId } } });
      const { site, failures } = await watched(nameplate, shop, { names: [shop] });
      expect(failures).toEqual([]);
      expect(site).toMatchObject({ state: 'live', revision: 2 });
      nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
      expect((await nameplate.viewer.https(shop)).status).toBe(200);
    });

    test('another instance, port and health path at once, and back by itself from ones that fail: every request is answered', async () => {
      await becomesLive(nameplate, { zone, shop });
      const next = await anotherInstance(nameplate, {
        port: 8080,
        files: { '/well': 'well', '/index.html': 'The next shop' },
      });
      const origin = { instance: { id: next, port: 8080, healthPath: '/well' } };
      await nameplate.change(shop, { origin });
      const pages = new Set<string>();
      const look = async () => {
        const { body } = await nameplate.viewer.https(shop);
        pages.add(/<title>(.*)<\/title>/.exec(body)?.[1] ?? body);
      };
      const changed = await watched(nameplate, shop, { names: [shop], look });
      expect(changed.failures).toEqual([]);
      expect(changed.site).toMatchObject({ state: 'live', revision: 2 });
      expect([...pages]).toEqual(['The shop', 'The next shop']);
      nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
      expect((await nameplate.viewer.https(shop)).body).toBe('The next shop');

      await nameplate.aws.clock.advance(10 * 60_000);
      const before = await picture(nameplate);
      const broken = { id: nameplate.world.instanceId, port: 8081, healthPath: '/broken' };
      const document = nameplate.document(shop, { origin: { instance: broken }, onFailure: 'undo' });
      expect((await nameplate.put(shop, document)).status).toBe(202);
      const back = await watched(nameplate, shop, { names: [shop] });
      expect(back.failures).toEqual([]);
      expect(back.site).toMatchObject({
        state: 'live',
        revision: 4,
        site: { origin },
        reason: { step: 'AwaitLoadBalancer' },
      });
      expect(back.site.site).not.toHaveProperty('onFailure');
      expect(back.site.timeline.map(({ message }) => message)).toContain(
        'Going back to what was live: AwaitLoadBalancer failed',
      );
      await nameplate.aws.clock.advance(10 * 60_000);
      expect(await picture(nameplate)).toEqual(before);
    });
  });
}
