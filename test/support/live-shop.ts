import { aZone } from './a-zone.ts';
import { Nameplate } from './nameplate.ts';

export const SHOP = 'shop.example.test';

interface ShopInZone {
  zone: string;
  shop: string;
}

/** The zone "example.test" of the account, delegated; nothing fails from then on but what is said. */
export async function withExampleZone(options: Parameters<typeof Nameplate.boot>[0] = {}): Promise<Nameplate> {
  const nameplate = await Nameplate.boot(options);
  await createZone(nameplate, 'example.test');
  return nameplate;
}

/** Has the zone created by somebody else, and a shop in it become live. */
export async function becomesLive(nameplate: Nameplate, { zone, shop }: ShopInZone, more: object = {}): Promise<void> {
  await createZone(nameplate, zone);
  const { state, reason } = await nameplate.onboard(shop, more);
  if (state !== 'live') throw new Error(`The shop is "${state}": ${reason?.message}`);
}

/** A hosted zone of the account, delegated to, and served. */
async function createZone(nameplate: Nameplate, name: string): Promise<void> {
  await aZone(nameplate, name);
  await nameplate.aws.clock.advance(120_000);
}
