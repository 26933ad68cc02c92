import { afterEach, expect, test } from '@jest/globals';
import type { Answer } from '../../cli/viewer.ts';
import { aZone } from '../support/a-zone.ts';
import { anIssuedCertificate, materialOf } from '../support/issued-certificate.ts';
import { picture } from '../support/picture.ts';
import { aServerOfTheirs } from '../support/server-of-theirs.ts';
import { sharedBoot } from '../support/shared-boot.ts';
import { watchedConstantly } from '../support/watch-constantly.ts';

const boot = sharedBoot();
const servers: { close: () => void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const MINUTE = 60_000;
const TITLE = 'Back at nine';
const failover = { page: { title: TITLE } };

const isPage = ({ status, body }: Answer): boolean => status === 503 && body.includes(TITLE);
const isSiteOrPage = (answer: Answer): boolean => answer.status === 200 || isPage(answer);

/** Changes a site from one document to the next, under clients that ask constantly, and shows each time that its page would come. */
async function changedThrough(domain: string, names: readonly string[], documents: readonly object[]): Promise<void> {
  const { nameplate } = boot;
  for (const document of documents) {
    await nameplate.change(domain, document);
    const { site, failures, looks } = await watchedConstantly(nameplate, domain, names, isSiteOrPage);
    expect([site.state, site.reason, site.left, failures]).toEqual(['live', undefined, undefined, []]);
    expect(looks).toBeGreaterThan(50);
    await nameplate.aws.clock.advance(3 * MINUTE);
    for (const name of names) expect((await nameplate.viewer.https(name)).status).toBe(200);
  }
}

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
    await changedThrough(shop, [shop, www], [{ aliases, edge, failover }]);
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
  await changedThrough(
    shop,
    [shop, www],
    [
      { ...document, edge: 'cdn' },
      { ...document, edge: 'direct' },
    ],
  );
  for (const server of servers.splice(0)) server.close();
  await nameplate.aws.clock.advance(6 * MINUTE);
  for (const each of [shop, www]) expect(isPage(await nameplate.viewer.https(each))).toBe(true);
  await serve();
  await nameplate.aws.clock.advance(6 * MINUTE);
  for (const each of [shop, www]) expect((await nameplate.viewer.https(each)).status).toBe(200);
});
