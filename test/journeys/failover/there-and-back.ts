import { setTimeout as onTheWall } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { RememberedAddresses } from '../../../cli/remembered-addresses.ts';
import type { FailoverView } from '../../../domain/failover/failover-view.ts';
import { aZone } from '../../support/a-zone.ts';
import { anIssuedCertificate, materialOf } from '../../support/issued-certificate.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { picture } from '../../support/picture.ts';
import { aServerOfTheirs, type TheirServer } from '../../support/server-of-theirs.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { traces } from '../../support/traces.ts';
import { watchedConstantly } from '../../support/watch-constantly.ts';

const TTL_SECONDS = 60;
const WORDS = { title: 'Back at nine', message: 'We are changing the shelves.' };

/** What a viewer gets at an address that some resolver may remember. */
interface Seen {
  status: number;
  body: string;
  certificate: readonly string[];
}

/** What is seen of the name at an address. */
const seenAt = ({ viewer }: Nameplate, name: string, at: string): Promise<Seen> =>
  viewer.https(name, { at }).then(
    ({ status, body, certificate }) => ({ status, body, certificate: certificate.names }),
    (error: Error) => ({ status: 0, body: error.message, certificate: [] }),
  );

/** Every viewer, by what every resolver may remember of the name, over IPv4; those over IPv6 see the same names. */
async function everyViewer(nameplate: Nameplate, name: string, remembered: RememberedAddresses): Promise<Seen[]> {
  const addresses = await remembered.of(name, 'A');
  return Promise.all(addresses.map((at) => seenAt(nameplate, name, at)));
}

const isPage = ({ status, body }: Seen): boolean => status === 503 && body.includes(WORDS.title);
const isShop = ({ status }: Seen): boolean => status === 200;

/** Lets AWS time pass, a second at a time, until every viewer of each name sees it so; gives how many seconds that took. */
async function secondsUntil(
  nameplate: Nameplate,
  names: readonly string[],
  { is, most }: { is: (seen: Seen) => boolean; most: number },
): Promise<number> {
  const remembered = new RememberedAddresses(nameplate.aws);
  // Whoever sees it otherwise is asked first in the next second: while they still do, nobody else need be.
  let last = '';
  const isSeen = async (): Promise<boolean> => {
    const known = await Promise.all(names.map((name) => remembered.of(name, 'A')));
    if (known.some((addresses) => addresses.length === 0)) return false;
    const viewers = names.flatMap((name, which) =>
      (known[which] ?? []).map((at) => ({ name, at, id: `${name} ${at}` })),
    );
    for (const { name, at, id } of viewers.sort((a, b) => Number(b.id === last) - Number(a.id === last))) {
      last = id;
      if (!is(await seenAt(nameplate, name, at))) return false;
    }
    return true;
  };
  for (let seconds = 0; seconds <= most; seconds += 1) {
    if (await isSeen()) return seconds;
    await nameplate.aws.clock.advance(1_000);
    // What was sent to sockets of this machine is read by then.
    await onTheWall(2);
  }
  throw new Error(`Not every viewer sees it so after ${most} s`);
}

/** Viewers are led to the page, and back. */
export function thereAndBack(boot: SharedBoot): void {
  describe('#13: a shop behind a load balancer that fails over', () => {
    test('is live once the failover is armed, shows its page to everyone while its web server is stopped, and comes back', async () => {
      const { nameplate } = boot;
      const { aws, world } = nameplate;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const before = await picture(nameplate);
      const site = await nameplate.onboard(shop, { aliases: [www], failover: { page: WORDS } });
      expect([site.state, site.reason]).toEqual(['live', undefined]);
      const steps = site.steps.map(({ name }) => name);
      expect(steps.indexOf('PointRecords')).toBeGreaterThan(steps.indexOf('AwaitHealthCheck'));
      expect(steps.indexOf('PointRecords')).toBeGreaterThan(steps.indexOf('AwaitDistribution'));
      const sets = (await nameplate.records(zone)).filter(({ Name }) => Name === `${shop}.` || Name === `${www}.`);
      expect(sets.filter(({ Failover }) => Failover === 'PRIMARY').map(({ Name, Type }) => `${Name} ${Type}`)).toEqual(
        [shop, www].flatMap((name) => [`${name}. A`, `${name}. AAAA`]),
      );
      expect(sets.filter(({ Failover }) => Failover === 'SECONDARY')).toHaveLength(4);

      // Once resolvers have forgotten what they knew of the names before.
      await aws.clock.advance(TTL_SECONDS * 1_000);
      const mark = aws.calls.mark();
      aws.ec2.web(world.instanceId).stop();
      const down = await secondsUntil(nameplate, [shop, www], { is: isPage, most: 30 * 3 + TTL_SECONDS + 30 });
      expect(down).toBeLessThanOrEqual(30 * 4 + TTL_SECONDS);
      const remembered = new RememberedAddresses(aws);
      const [seen] = await everyViewer(nameplate, shop, remembered);
      expect([...(seen?.certificate ?? [])].sort()).toEqual([shop, www]);
      for (const path of ['/', '/deep/down?x=1']) {
        const { status, headers } = await nameplate.viewer.https(shop, { path });
        expect([status, headers['retry-after'], headers['cache-control']]).toEqual([
          503,
          expect.any(String),
          expect.stringContaining('no-store'),
        ]);
      }

      // It is told of besides, by the alarm on the health check.
      const failover = async () => ((await nameplate.show(shop)) as { failover?: FailoverView }).failover;
      await aws.clock.until(async () => (await failover())?.pageSeenAt !== undefined, { limitMs: 3 * 60_000 });
      expect(await failover()).toMatchObject({
        on: 'page',
        cause: 'health-check',
        healthCheckAlarm: { isReady: true },
      });

      aws.ec2.web(world.instanceId).start();
      await secondsUntil(nameplate, [shop, www], { is: isShop, most: 30 * 4 + TTL_SECONDS + 30 });
      // The control plane of Route 53 and CloudFront was asked for nothing on the way there and back.
      const ours = aws.calls
        .since(mark)
        .filter(({ service, mutating }) => mutating && (service === 'route53' || service === 'cloudfront'));
      expect(ours).toEqual([]);
      await aws.clock.until(async () => (await failover())?.on === 'origin', { limitMs: 3 * 60_000 });
      const { timeline } = await nameplate.show(shop);
      expect(timeline.slice(-3).map(({ message }) => message)).toEqual([
        expect.stringMatching(/^Failover: viewers see the maintenance page, because the health check fails since /),
        'The maintenance page was seen to answer under every name of the site',
        expect.stringMatching(
          /^The health check succeeds again since .*: Route 53 leads viewers to the site by itself$/,
        ),
      ]);

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      expect(await picture(nameplate)).toEqual(before);
      expect(await traces(nameplate, [shop, www])).toEqual([]);
    });

    test('F7: gets the failover in a change, another alias in the next one, and loses it again: every request is answered by the site meanwhile', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      await aZone(nameplate, zone);
      const healthChecks = () => nameplate.ask('route53', 'ListHealthChecks');
      const before = await healthChecks();
      expect((await nameplate.onboard(shop)).state).toBe('live');
      const changed = async (more: object) => {
        await nameplate.change(shop, more);
        const { site, failures, looks } = await watchedConstantly(nameplate, shop, [shop]);
        expect([site.state, site.reason, site.left, failures]).toEqual(['live', undefined, undefined, []]);
        expect(looks).toBeGreaterThan(10);
        return site;
      };
      await changed({ failover: { page: WORDS } });
      expect((await nameplate.records(zone)).filter(({ Failover }) => Failover === 'PRIMARY')).toHaveLength(2);

      const check = { path: '/', intervalSeconds: 10 };
      await changed({ failover: { page: WORDS, check } });

      // The page answers under a new name before viewers of that name can be led there.
      const { steps, revision } = await changed({ aliases: [www], failover: { page: WORDS, check } });
      const done = steps.filter((step) => step.revision === revision).map(({ name }) => name);
      for (const before of ['AwaitViewerCertificate', 'CreateDistribution', 'AwaitDistribution'])
        expect(done.indexOf(before)).toBeGreaterThanOrEqual(0);
      expect(done.indexOf('PointRecords')).toBeGreaterThan(done.indexOf('AwaitDistribution'));
      nameplate.aws.ec2.web(nameplate.world.instanceId).stop();
      await nameplate.aws.clock.advance(3 * TTL_SECONDS * 1_000);
      for (const name of [shop, www])
        expect((await everyViewer(nameplate, name, new RememberedAddresses(nameplate.aws))).every(isPage)).toBe(true);
      nameplate.aws.ec2.web(nameplate.world.instanceId).start();
      await nameplate.aws.clock.advance(5 * TTL_SECONDS * 1_000);

      await changed({ aliases: [www] });
      expect((await nameplate.records(zone)).filter(({ Failover }) => Failover !== undefined)).toEqual([]);
      expect(await healthChecks()).toEqual(before);
      await nameplate.undo(shop);
      expect((await nameplate.ended(shop)).state).toBe('undone');
    });
  });

  describe('a server that fails over', () => {
    const servers: TheirServer[] = [];
    afterAll(() => {
      for (const server of servers) server.close();
    });

    test('#13: a server of its own fails over to the page under its names, and comes back', async () => {
      const { nameplate } = boot;
      const { zone, shop, www } = boot.namesInZone();
      const zoneId = await aZone(nameplate, zone);
      const issued = await anIssuedCertificate(nameplate, { zoneId, names: [shop, www] });
      const material = materialOf(nameplate, issued);
      const address = '198.51.100.61';
      const server = await aServerOfTheirs(nameplate, { address, port: 443, material });
      servers.push(server);
      const before = await picture(nameplate);
      const check = { intervalSeconds: 10, failures: 2 };
      const origin = { server: { address } };
      const site = await nameplate.onboard(shop, {
        edge: 'direct',
        origin,
        aliases: [www],
        failover: { check, page: WORDS },
      });
      expect([site.state, site.reason]).toEqual(['live', undefined]);

      await nameplate.aws.clock.advance(TTL_SECONDS * 1_000);
      server.close();
      const down = await secondsUntil(nameplate, [shop, www], { is: isPage, most: 10 * 3 + TTL_SECONDS + 30 });
      expect(down).toBeLessThanOrEqual(10 * 3 + TTL_SECONDS);
      servers.push(await aServerOfTheirs(nameplate, { address, port: 443, material }));
      await secondsUntil(nameplate, [shop, www], { is: isShop, most: 10 * 3 + TTL_SECONDS + 30 });

      await nameplate.undo(shop);
      const undone = await nameplate.ended(shop);
      expect([undone.state, undone.left]).toEqual(['undone', undefined]);
      expect(await picture(nameplate)).toEqual(before);
    });
  });
}
