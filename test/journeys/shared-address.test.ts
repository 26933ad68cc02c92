import type { DescribeAddressesResult } from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { aZone } from '../support/a-zone.ts';
import { becomesLive } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { sharedBoot } from '../support/shared-boot.ts';

const boot = sharedBoot();

async function addresses({ ask }: Nameplate): Promise<string[]> {
  const { Addresses = [] } = await ask<DescribeAddressesResult>('ec2', 'DescribeAddresses', {});
  return Addresses.map(({ PublicIp, Tags = [] }) => {
    const site = Tags.find(({ Key }) => Key === 'nameplate:site')?.Value;
    return `${PublicIp} ${site}`;
  });
}

test('B1: sites on one instance share its address: it is passed on by the first that leaves, and released by the last', async () => {
  const { nameplate } = boot;
  const { zone, shop } = boot.namesInZone();
  const blog = `blog.${zone}`;
  await becomesLive(nameplate, { zone, shop }, { edge: 'direct' });
  const [before = ''] = await addresses(nameplate);
  const address = before.split(' ')[0] ?? '';

  const planned = await nameplate.plan(nameplate.document(blog, { edge: 'direct' }));
  expect(planned.changes.find(({ resource }) => resource.type === 'elastic address')).toMatchObject({
    verb: 'keep',
    message: expect.stringContaining(`which the site "${shop}" uses too`),
  });
  expect(await nameplate.onboard(blog, { edge: 'direct' })).toMatchObject({ state: 'live' });
  expect(await addresses(nameplate)).toEqual([`${address} ${shop}`]);

  // The plan of the change that leaves it is held to what is done.
  await nameplate.change(shop, { edge: 'load-balancer' });
  expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
  expect(await addresses(nameplate)).toEqual([`${address} ${blog}`]);
  expect((await nameplate.viewer.http(blog)).status).toBe(200);

  await nameplate.change(shop, { directName: `ssh.${shop}` });
  expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
  expect(await addresses(nameplate)).toEqual([`${address} ${blog}`]);

  expect((await nameplate.undo(blog)).status).toBe(202);
  const undone = await nameplate.ended(blog);
  expect(undone).toMatchObject({ state: 'undone' });
  expect(undone).not.toHaveProperty('left');
  expect(await addresses(nameplate)).toEqual([`${address} ${shop}`]);
  expect((await nameplate.viewer.http(`ssh.${shop}`)).status).toBe(200);

  expect((await nameplate.undo(shop)).status).toBe(202);
  expect(await nameplate.ended(shop)).toMatchObject({ state: 'undone' });
  expect(await addresses(nameplate)).toEqual([]);
});

test('B1: two sites that are declared at the same time on one instance share one address', async () => {
  const { nameplate } = boot;
  const { zone } = boot.namesInZone();
  await aZone(nameplate, zone);
  const names = [`one.${zone}`, `two.${zone}`];
  for (const name of names) await nameplate.begin(name, { edge: 'direct' });
  for (const name of names) {
    const { state, reason } = await nameplate.ended(name);
    expect({ state, reason }).toEqual({ state: 'live' });
  }
  expect(await addresses(nameplate)).toHaveLength(1);
  for (const name of names) expect((await nameplate.viewer.http(name)).status).toBe(200);
});
