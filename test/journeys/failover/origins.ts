import { afterAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../cli/viewer.ts';
import { aZone } from '../../support/a-zone.ts';
import { anIssuedCertificate, materialOf } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { aBalancerOfTheirs } from '../../support/theirs-balancer.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

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

const failover = { page: WORDS };

const isPage = ({ status, body }: Answer): boolean => status === 503 && body.includes(WORDS.title);
const isSiteOrPage = (answer: Answer): boolean => answer.status === 200 || isPage(answer);

/** Changes a site from one document to the next, under clients that ask constantly, and shows each time that its page would come. */
async function changedThrough(
  nameplate: Nameplate,
  { domain, names }: { domain: string; names: readonly string[] },
  documents: readonly object[],
): Promise<void> {
  for (const document of documents) {
    await nameplate.change(domain, document);
    const { site, failures, looks } = await watchedConstantly(nameplate, domain, names, isSiteOrPage);
    expect([site.state, site.reason, site.left, failures]).toEqual(['live', undefined, undefined, []]);
    expect(looks).toBeGreaterThan(50);
    await nameplate.aws.clock.advance(3 * MINUTE);
    for (const name of names) expect((await nameplate.viewer.https(name)).status).toBe(200);
  }
}

/** Viewers are led away from each kind of origin, and back; and while the edge before it changes. */
export function origins(boot: SharedBoot): void {
  describe('a failover away from each kind of origin', () => {
    const servers: TheirServer[] = [];
    afterAll(() => {
      for (const server of servers) server.close();
    });

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

    test('13: the edge of a site with a failover changes between a load balancer and CloudFront, and no request gets anything but the site or the page', async () => {
      const { nameplate } = boot;
      const { aws, world } = nameplate;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      const aliases = [www];
      const first = await nameplate.onboard(shop, { aliases, failover });
      expect([first.state, first.reason]).toEqual(['live', undefined]);
      for (const edge of ['cdn', 'load-balancer']) {
        await changedThrough(nameplate, { domain: shop, names: [shop, www] }, [{ aliases, edge, failover }]);
        aws.ec2.web(world.instanceId).stop();
        await aws.clock.advance(6 * MINUTE);
        for (const name of [shop, www]) expect(isPage(await nameplate.viewer.https(name))).toBe(true);
        aws.ec2.web(world.instanceId).start();
        await aws.clock.advance(6 * MINUTE);
      }

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      await aws.clock.advance(30 * MINUTE);
      expect(await picture(nameplate)).toEqual(before);
    });

    test('13: the same for a server of its own, which viewers reach directly or by CloudFront', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop, www] });
      const material = materialOf(nameplate, issued);
      const name = `vm.${zone}`;
      const places = { A: '198.51.100.62', AAAA: '2001:db8:62::62' } as const;
      const Changes = Object.entries(places).map(([Type, Value]) => ({
        Action: 'CREATE',
        ResourceRecordSet: { Name: name, Type, TTL: 60, ResourceRecords: [{ Value }] },
      }));
      await nameplate.ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch: { Changes } });
      const serve = async () => {
        for (const address of Object.values(places))
          servers.push(await aServerOfTheirs(nameplate, { address, port: 443, material }));
      };
      await serve();
      await nameplate.aws.clock.advance(2 * MINUTE);
      const document = { origin: { server: { name } }, aliases: [www], failover };
      const first = await nameplate.onboard(shop, { ...document, edge: 'direct' });
      expect([first.state, first.reason]).toEqual(['live', undefined]);
      await changedThrough(nameplate, { domain: shop, names: [shop, www] }, [
        { ...document, edge: 'cdn' },
        { ...document, edge: 'direct' },
      ]);
      for (const server of servers.splice(0)) server.close();
      await nameplate.aws.clock.advance(6 * MINUTE);
      for (const each of [shop, www]) expect(isPage(await nameplate.viewer.https(each))).toBe(true);
      await serve();
      await nameplate.aws.clock.advance(6 * MINUTE);
      for (const each of [shop, www]) expect((await nameplate.viewer.https(each)).status).toBe(200);
    });
  });
}
