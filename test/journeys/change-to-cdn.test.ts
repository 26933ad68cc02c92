import { afterEach, expect, test } from '@jest/globals';
import { PERSON } from '../../local/internet/proxy.ts';
import { liveShop, SHOP } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { watched } from '../support/watch.ts';

const WWW = 'www.shop.example.test';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

test('from the load balancer to CloudFront and back, without a failed request', async () => {
  nameplate = await liveShop({ aliases: [WWW] });
  const before = await picture(nameplate);
  await nameplate.change(SHOP, { aliases: [WWW], edge: 'cdn' });
  const away = await watched(nameplate, SHOP, { names: [SHOP, WWW] });
  expect(away.site).toMatchObject({ state: 'live', revision: 2, site: { edge: 'cdn' } });
  expect(away.failures).toEqual([]);
  expect((await nameplate.viewer.https(SHOP)).headers['via']).toContain('CloudFront');
  const [address = ''] = await nameplate.viewer.addresses(`origin.${SHOP}`);
  expect(nameplate.aws.internet.reach(PERSON.ipv4, { address, port: 443 })).toBe('filtered');

  await nameplate.change(SHOP, { aliases: [WWW] });
  const back = await watched(nameplate, SHOP, { names: [SHOP, WWW] });
  expect(back.site).toMatchObject({ state: 'live', revision: 3, site: { edge: 'load-balancer' } });
  expect(back.failures).toEqual([]);
  expect(away.looks + back.looks).toBeGreaterThan(40);
  expect(await nameplate.ask('cloudfront', 'ListDistributions')).toMatchObject({ DistributionList: { Quantity: 0 } });
  expect((await picture(nameplate)).length).toBe(before.length);
});

test('to another name of the origin and another Host, without a failed request', async () => {
  nameplate = await liveShop({ edge: 'cdn', cdn: { lock: false } });
  const cdn = { originName: `backend.${SHOP}`, host: 'origin' };
  await nameplate.change(SHOP, { edge: 'cdn', cdn });
  const { site, failures } = await watched(nameplate, SHOP, { names: [SHOP] });
  expect(site).toMatchObject({ state: 'live', revision: 2, site: { cdn: { ...cdn, lock: true } } });
  expect(failures).toEqual([]);
  expect((await nameplate.records('example.test')).some(({ Name }) => Name === `origin.${SHOP}.`)).toBe(false);
});
