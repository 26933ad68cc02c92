import type { DescribeAddressesResult } from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { aZone } from '../../support/a-zone.ts';
import { anotherInstance } from '../../support/another-instance.ts';
import { becomesLive } from '../../support/live-shop.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';

export function sharedAddress(boot: SharedBoot): void {
  test('B1: sites on one instance share its address: it is passed on by the first that leaves, and released by the last', async () => {
    const { nameplate } = boot;
    const { zone, shop } = boot.namesInZone();
    const blog = `blog.${zone}`;
    const origin = { instance: { id: await anotherInstance(nameplate) } };
    const addresses = await further(nameplate);
    await becomesLive(nameplate, { zone, shop }, { origin, edge: 'direct' });
    const [before = ''] = await addresses();
    const address = before.split(' ')[0] ?? '';

    const planned = await nameplate.plan(nameplate.document(blog, { origin, edge: 'direct' }));
    expect(planned.changes.find(({ resource }) => resource.type === 'elastic address')).toMatchObject({
      verb: 'keep',
      message: expect.stringContaining(`which the site "${shop}" uses too`),
    });
    expect(await nameplate.onboard(blog, { origin, edge: 'direct' })).toMatchObject({ state: 'live' });
    expect(await addresses()).toEqual([`${address} ${shop}`]);

    // The plan of the change that leaves it is held to what is done.
    await nameplate.change(shop, { origin, edge: 'load-balancer' });
    expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
    expect(await addresses()).toEqual([`${address} ${blog}`]);
    expect((await nameplate.viewer.http(blog)).status).toBe(200);

    await nameplate.change(shop, { origin, directName: `ssh.${shop}` });
    expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
    expect(await addresses()).toEqual([`${address} ${blog}`]);

    expect((await nameplate.undo(blog)).status).toBe(202);
    const undone = await nameplate.ended(blog);
    expect(undone).toMatchObject({ state: 'undone' });
    expect(undone).not.toHaveProperty('left');
    expect(await addresses()).toEqual([`${address} ${shop}`]);
    expect((await nameplate.viewer.http(`ssh.${shop}`)).status).toBe(200);

    expect((await nameplate.undo(shop)).status).toBe(202);
    expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
    expect(await addresses()).toEqual([]);
  });

  test('B1: two sites that are declared at the same time on one instance share one address', async () => {
    const { nameplate } = boot;
    const { zone } = boot.namesInZone();
    await aZone(nameplate, zone);
    const origin = { instance: { id: await anotherInstance(nameplate) } };
    const addresses = await further(nameplate);
    const names = [`one.${zone}`, `two.${zone}`];
    for (const name of names) await nameplate.begin(name, { origin, edge: 'direct' });
    for (const name of names) {
      const { state, reason } = await nameplate.ended(name);
      expect({ state, reason }).toEqual({ state: 'live' });
    }
    expect(await addresses()).toHaveLength(1);
    for (const name of names) expect((await nameplate.viewer.http(name)).status).toBe(200);
  });
}

/** The elastic addresses that have come since, each with the site it is tagged with. */
async function further({ ask }: Nameplate): Promise<() => Promise<string[]>> {
  const all = async () => (await ask<DescribeAddressesResult>('ec2', 'DescribeAddresses', {})).Addresses ?? [];
  const before = (await all()).map(({ PublicIp }) => PublicIp);
  return async () =>
    (await all())
      .filter(({ PublicIp }) => !before.includes(PublicIp))
      .map(({ PublicIp, Tags = [] }) => `${PublicIp} ${Tags.find(({ Key }) => Key === 'nameplate:site')?.Value}`);
}
