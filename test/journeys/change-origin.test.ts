import { afterEach, expect, test } from '@jest/globals';
import { anotherInstance } from '../support/another-instance.ts';
import { liveShop, SHOP } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { watched } from '../support/watch.ts';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

test('another instance, port and health path at once, and back by itself from ones that fail: every request is answered', async () => {
  nameplate = await liveShop();
  const next = await anotherInstance(nameplate, {
    port: 8080,
    files: { '/well': 'well', '/index.html': 'The next shop' },
  });
  const origin = { instance: { id: next, port: 8080, healthPath: '/well' } };
  await nameplate.change(SHOP, { origin });
  const pages = new Set<string>();
  const look = async () => {
    const { body } = await nameplate.viewer.https(SHOP);
    pages.add(/<title>(.*)<\/title>/.exec(body)?.[1] ?? body);
  };
  const changed = await watched(nameplate, SHOP, { names: [SHOP], look });
  expect(changed.failures).toEqual([]);
  expect(changed.site).toMatchObject({ state: 'live', revision: 2 });
  expect([...pages]).toEqual(['The shop', 'The next shop']);
  nameplate.aws.ec2.web(nameplate.world.instanceId).fail(500);
  expect((await nameplate.viewer.https(SHOP)).body).toBe('The next shop');

  await nameplate.aws.clock.advance(10 * 60_000);
  const before = await picture(nameplate);
  const broken = { id: nameplate.world.instanceId, port: 8081, healthPath: '/broken' };
  const document = nameplate.document(SHOP, { origin: { instance: broken }, onFailure: 'undo' });
  expect((await nameplate.put(SHOP, document)).status).toBe(202);
  const back = await watched(nameplate, SHOP, { names: [SHOP] });
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
