import { expect, test } from '@jest/globals';
import { becomesLive } from '../../support/live-shop.ts';
import { picture } from '../../support/picture.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

export function failing(boot: SharedBoot): void {
  test('a change that fails is held while the site goes on serving, and its undo brings back what was live', async () => {
    const { nameplate } = boot;
    const { zone, shop, www } = boot.namesInZone();
    const fresh = `new.${shop}`;
    await becomesLive(nameplate, { zone, shop }, { aliases: [www] });
    const before = await picture(nameplate);
    const broken = { id: nameplate.world.instanceId, port: 8080 };
    const document = nameplate.document(shop, { aliases: [www, fresh], origin: { instance: broken } });
    expect((await nameplate.put(shop, document)).status).toBe(202);
    const held = await watched(nameplate, shop, { names: [shop, www] });
    expect(held.failures).toEqual([]);
    expect(held.site).toMatchObject({ state: 'held', reason: { step: 'AwaitLoadBalancer' }, live: { aliases: [www] } });
    expect((await nameplate.act(shop, 'undo')).status).toBe(202);
    const back = await watched(nameplate, shop, { names: [shop, www] });
    expect(back.failures).toEqual([]);
    expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { aliases: [www] } });
    await nameplate.aws.clock.advance(10 * 60_000);
    expect(await picture(nameplate)).toEqual(before);
  });
}
