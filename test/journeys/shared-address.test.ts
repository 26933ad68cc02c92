import type { DescribeAddressesResult } from '@aws-sdk/client-ec2';
import { afterEach, expect, test } from '@jest/globals';
import { liveShop, SHOP, withExampleZone } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';

const BLOG = 'blog.example.test';
let nameplate: Nameplate;
afterEach(() => nameplate.close());

async function addresses(): Promise<string[]> {
  const { Addresses = [] } = await nameplate.ask<DescribeAddressesResult>('ec2', 'DescribeAddresses', {});
  return Addresses.map(({ PublicIp, Tags = [] }) => {
    const site = Tags.find(({ Key }) => Key === 'nameplate:site')?.Value;
    return `${PublicIp} ${site}`;
  });
}

test('B1: sites on one instance share its address: it is passed on by the first that leaves, and released by the last', async () => {
  nameplate = await liveShop({ edge: 'direct' });
  const [before = ''] = await addresses();
  const address = before.split(' ')[0] ?? '';

  const planned = await nameplate.plan(nameplate.document(BLOG, { edge: 'direct' }));
  expect(planned.changes.find(({ resource }) => resource.type === 'elastic address')).toMatchObject({
    verb: 'keep',
    message: expect.stringContaining(`which the site "${SHOP}" uses too`),
  });
  expect(await nameplate.onboard(BLOG, { edge: 'direct' })).toMatchObject({ state: 'live' });
  expect(await addresses()).toEqual([`${address} ${SHOP}`]);

  // The plan of the change that leaves it is held to what is done.
  await nameplate.change(SHOP, { edge: 'load-balancer' });
  expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });
  expect(await addresses()).toEqual([`${address} ${BLOG}`]);
  expect((await nameplate.viewer.http(BLOG)).status).toBe(200);

  await nameplate.change(SHOP, { directName: `ssh.${SHOP}` });
  expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'live' });
  expect(await addresses()).toEqual([`${address} ${BLOG}`]);

  expect((await nameplate.undo(BLOG)).status).toBe(202);
  const undone = await nameplate.ended(BLOG);
  expect(undone).toMatchObject({ state: 'undone' });
  expect(undone).not.toHaveProperty('left');
  expect(await addresses()).toEqual([`${address} ${SHOP}`]);
  expect((await nameplate.viewer.http(`ssh.${SHOP}`)).status).toBe(200);

  expect((await nameplate.undo(SHOP)).status).toBe(202);
  expect(await nameplate.ended(SHOP)).toMatchObject({ state: 'undone' });
  expect(await addresses()).toEqual([]);
});

test('B1: two sites that are declared at the same time on one instance share one address', async () => {
  nameplate = await withExampleZone();
  const names = ['one.example.test', 'two.example.test'];
  for (const name of names) await nameplate.begin(name, { edge: 'direct' });
  for (const name of names) {
    const { state, reason } = await nameplate.ended(name);
    expect({ state, reason }).toEqual({ state: 'live' });
  }
  expect(await addresses()).toHaveLength(1);
  for (const name of names) expect((await nameplate.viewer.http(name)).status).toBe(200);
});
