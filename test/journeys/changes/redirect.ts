import { expect, test } from '@jest/globals';
import { becomesLive } from '../../support/live-shop.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { watched } from '../../support/watch.ts';

export function redirect(boot: SharedBoot): void {
  test('redirect off and on again: https is served all along', async () => {
    const { nameplate } = boot;
    const { zone, shop } = boot.namesInZone();
    await becomesLive(nameplate, { zone, shop });
    await nameplate.change(shop, { http: 'reject' });
    const off = await watched(nameplate, shop, { names: [shop] });
    expect([off.site.state, off.failures]).toEqual(['live', []]);
    await expect(nameplate.viewer.http(shop)).rejects.toThrow('no answer');
    await nameplate.change(shop, { http: 'redirect' });
    const on = await watched(nameplate, shop, { names: [shop] });
    expect([on.site.state, on.failures]).toEqual(['live', []]);
    expect((await nameplate.viewer.http(shop)).status).toBe(301);
  });
}
