import { afterEach, expect, test } from '@jest/globals';
import { PERSON } from '../../local/internet/proxy.ts';
import { liveShop, SHOP } from '../support/live-shop.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { watched } from '../support/watch.ts';

const SSH = 'ssh.shop.example.test';
const DIRECT = 'direct.shop.example.test';
const ME = `${PERSON.ipv4}/32`;
const STRANGER = '198.51.100.99';

let nameplate: Nameplate;
afterEach(() => nameplate.close());

test('access narrowed and widened, a direct name added, changed and dropped: nobody is cut off before his time', async () => {
  nameplate = await liveShop();
  const ofAmazon = await instanceAddress();
  expect(await ipv6Addresses()).toHaveLength(2);
  expect(await mayCome()).toEqual({ https: 'open', http: 'open' });

  await nameplate.change(SHOP, { access: [ME], directName: SSH });
  const seen = new Map<string, string>();
  const narrowed = await watched(nameplate, SHOP, {
    names: [SHOP],
    look: async () => {
      const { state, steps } = await nameplate.show(SHOP);
      const probed = steps.some((step) => step.name === 'ProbeSite' && step.revision === 2 && step.state === 'done');
      if (state === 'changing' && !probed) seen.set((await mayCome()).https, state);
    },
  });
  expect(narrowed.failures).toEqual([]);
  expect(narrowed.site).toMatchObject({ state: 'live', revision: 2, site: { access: [ME], directName: SSH } });
  expect([...seen.keys()]).toEqual(['open']);
  expect(await mayCome()).toEqual({ https: 'filtered', http: 'filtered' });
  expect(await ipv6Addresses()).toEqual([]);
  const [address] = await nameplate.viewer.addresses(SSH);
  expect(address).toBe(await instanceAddress());
  expect(address).not.toBe(ofAmazon);
  expect((await nameplate.viewer.http(SSH)).status).toBe(200);

  await nameplate.change(SHOP, { directName: DIRECT });
  const widened = await watched(nameplate, SHOP, {
    names: [SHOP],
    look: async () => expect(await instanceAddress()).toBe(address),
  });
  expect([widened.failures, widened.site.state]).toEqual([[], 'live']);
  expect(await mayCome()).toEqual({ https: 'open', http: 'open' });
  // Until then a resolver remembers that there was none (failures R18).
  await nameplate.aws.clock.advance(900_000);
  expect(await ipv6Addresses()).toHaveLength(2);
  expect(await nameplate.viewer.addresses(DIRECT)).toEqual([address]);
  await expect(nameplate.viewer.addresses(SSH)).rejects.toThrow();

  await nameplate.change(SHOP);
  const dropped = await watched(nameplate, SHOP, { names: [SHOP] });
  expect([dropped.failures, dropped.site.state]).toEqual([[], 'live']);
  await expect(nameplate.viewer.addresses(DIRECT)).rejects.toThrow();
  expect(await nameplate.ask('ec2', 'DescribeAddresses')).toMatchObject({ Addresses: [] });
});

/** What the load balancer says to somebody who is not on the narrow list. */
async function mayCome(): Promise<{ https: string; http: string }> {
  const [address = ''] = await nameplate.viewer.addresses(SHOP);
  const reach = (port: number) => nameplate.aws.internet.reach(STRANGER, { address, port });
  return { https: reach(443), http: reach(80) };
}

/** C7: what the name answers to viewers with IPv6. */
async function ipv6Addresses(): Promise<string[]> {
  return nameplate.viewer.addresses(SHOP, 6).catch(() => []);
}

async function instanceAddress(): Promise<string | undefined> {
  const about = { InstanceIds: [nameplate.world.instanceId] };
  const { Reservations } = await nameplate.ask<{ Reservations: { Instances: { PublicIpAddress?: string }[] }[] }>(
    'ec2',
    'DescribeInstances',
    about,
  );
  return Reservations[0]?.Instances[0]?.PublicIpAddress;
}
