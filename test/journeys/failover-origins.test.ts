import { afterEach, expect, test } from '@jest/globals';
import { aZone } from '../support/a-zone.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { picture } from '../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../support/server-of-theirs.ts';
import { sharedBoot } from '../support/shared-boot.ts';
import { aBalancerOfTheirs } from '../support/theirs-balancer.ts';

const boot = sharedBoot();
const servers: TheirServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const MINUTE = 60_000;
const WORDS = { title: 'Back at nine' };

/** What viewers get of each name, by HTTPS or plain HTTP, once resolvers have forgotten what was before. */
async function seen({ viewer, aws }: Nameplate, names: readonly string[], scheme: 'https' | 'http' = 'https') {
  await aws.clock.advance(6 * MINUTE);
  const answers = await Promise.all(names.map((name) => viewer[scheme](name)));
  return answers.map(({ status, body }) => (status === 503 && body.includes(WORDS.title) ? 'page' : status));
}

async function maintenance({ aws }: Nameplate, domain: string, state: 'on' | 'off'): Promise<void> {
  const url = `${aws.apiUrl}/v1/sites/${domain}/maintenance`;
  expect((await fetch(url, { method: 'PUT', body: JSON.stringify({ state }) })).status).toBe(202);
}

test('13: a site behind a load balancer that exists fails over, with rules of its own for its names', async () => {
  const { nameplate } = boot;
  const { aws, world } = nameplate;
  const { zone, shop, www } = boot.namesInZone();
  const zoneId = await aZone(nameplate, zone);
  const theirs = await aBalancerOfTheirs(nameplate, { zoneId, names: [`blog.${zone}`] });
  const { listenerArn: ListenerArn, targetGroupArn: targetGroup } = theirs;
  // What is not of the site gets an answer of theirs: the health check would never succeed there.
  const Actions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '418' } }];
  const Conditions = [{ Field: 'host-header', Values: [`*.${zone}`] }];
  await nameplate.ask('elasticloadbalancing', 'CreateRule', { ListenerArn, Priority: 20, Conditions, Actions });
  const before = await picture(nameplate);
  const site = { origin: { loadBalancer: theirs.arn, hostRule: { targetGroup } }, aliases: [www] };
  const live = await nameplate.onboard(shop, { ...site, failover: { page: WORDS } });
  expect([live.state, live.reason]).toEqual(['live', undefined]);

  aws.ec2.web(world.instanceId).stop();
  expect(await seen(nameplate, [shop, www])).toEqual(['page', 'page']);
  aws.ec2.web(world.instanceId).start();
  expect(await seen(nameplate, [shop, www])).toEqual([200, 200]);

  await nameplate.undo(shop);
  const undone = await nameplate.ended(shop);
  expect([undone.state, undone.left]).toEqual(['undone', undefined]);
  await aws.clock.advance(30 * MINUTE);
  expect(await picture(nameplate)).toEqual(before);
});

test('13: a server that is known by its name fails over by CNAME, and is led back to', async () => {
  const { nameplate } = boot;
  const { zone, shop, www } = boot.namesInZone();
  const zoneId = await aZone(nameplate, zone);
  const at = { address: '198.51.100.46', port: 80 };
  const name = `vm.${zone}`;
  const ResourceRecordSet = { Name: name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: at.address }] };
  await nameplate.ask('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: zoneId,
    ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
  });
  const server = await aServerOfTheirs(nameplate, at);
  servers.push(server);
  await nameplate.aws.clock.advance(2 * MINUTE);
  const before = await picture(nameplate);
  const origin = { server: { name, port: 80 } };
  const live = await nameplate.onboard(shop, { edge: 'direct', origin, aliases: [www], failover: { page: WORDS } });
  expect([live.state, live.reason]).toEqual(['live', undefined]);

  await nameplate.aws.clock.advance(MINUTE);
  server.close();
  expect(await seen(nameplate, [shop, www], 'http')).toEqual(['page', 'page']);
  servers.push(await aServerOfTheirs(nameplate, at));
  expect(await seen(nameplate, [shop, www], 'http')).toEqual([200, 200]);

  for (const [state, shown] of [
    ['on', 'page'],
    ['off', 200],
  ] as const) {
    await maintenance(nameplate, shop, state);
    expect(await nameplate.ended(shop)).toMatchObject({ state: 'live' });
    expect(await seen(nameplate, [shop, www], 'http')).toEqual([shown, shown]);
  }

  await nameplate.undo(shop);
  const undone = await nameplate.ended(shop);
  expect([undone.state, undone.left]).toEqual(['undone', undefined]);
  await nameplate.aws.clock.advance(30 * MINUTE);
  expect(await picture(nameplate)).toEqual(before);
});
