import { hasInstance, instanceOf } from '../domain/origins/instance.ts';
import type { LocalAws } from '../local/local-aws.ts';
import type { SiteView } from './api.ts';
import { LiveLines, SIGNS } from './live-lines.ts';
import { paint } from './paint.ts';
import { urlOf } from './seen.ts';
import type { Viewer } from './viewer.ts';
import { type Observation, watchSite } from './watch-site.ts';
import type { World } from './world.ts';

/** How often a viewer asks, in ms of AWS time. */
const ASK_EVERY_MS = 1_000;

/** How long beyond the arithmetic is waited, in seconds of AWS time. */
const PATIENCE_SECONDS = 60;

/** What an outage has shown, in seconds of AWS time. */
export interface Outage {
  /** From the end of the web server to the page. */
  pageSeconds: number;
  /** From its start to the site. */
  returnSeconds: number;
  /** What both are held against; absent where DNS is no part of it. */
  arithmetic?: Arithmetic;
}

interface Arithmetic {
  seconds: number;
  words: string;
}

interface Surroundings {
  aws: Pick<LocalAws, 'clock' | 'internet' | 'ec2'>;
  world: Pick<World, 'instanceId'>;
  viewer: Pick<Viewer, 'http' | 'https'>;
  stop: AbortSignal;
  out?: NodeJS.WriteStream;
}

type Site = SiteView['site'];

/** How long it takes at most, but for the time in which Route 53 adds up what its checkers have found. */
export function arithmeticOf({ failover }: Site, ttlSeconds: number): Arithmetic | undefined {
  const { check } = failover ?? {};
  if (!check) return undefined;
  const { failures, intervalSeconds } = check;
  return {
    seconds: failures * intervalSeconds + ttlSeconds,
    words: `${failures} × ${intervalSeconds} s + TTL ${ttlSeconds} s`,
  };
}

/** Why no outage of the site can be shown, and what to do; undefined when it can. */
export function whyNoOutage(site: Site, { instanceId }: Pick<World, 'instanceId'>): string | undefined {
  if (!hasInstance(site) || instanceOf(site).id !== instanceId) return "its origin is not the demo's instance";
  return site.failover
    ? undefined
    : 'the site file has no "failover"; write "failover": {} into it, and viewers get a page';
}

/**
 * Stops the web server of the instance until viewers get the page, starts it again until they get the site, and prints each change that a
 * viewer sees who asks every second.
 *
 * @returns undefined when the page or the site did not come
 */
export async function showOutage(
  { site }: SiteView,
  { aws, world, viewer, stop, out = process.stdout }: Surroundings,
): Promise<Outage | undefined> {
  out.write(`\n${paint('bold', 'Outage')}\n`);
  const lines = new LiveLines(out, `what a viewer of ${urlOf(site)} gets`);
  const web = aws.ec2.web(world.instanceId);
  const watch = watchSite(site, { aws, viewer, next: () => aws.clock.wait(ASK_EVERY_MS, stop) });
  const { value: before } = await watch.next();
  const arithmetic = arithmeticOf(site, before.ttlSeconds);
  const most = (arithmetic?.seconds ?? 0) + PATIENCE_SECONDS;
  const beganAt = aws.clock.now();
  let last = before;

  const tell = (at: Date, sign: string, name: string, said = ''): void =>
    lines.show([{ awsSeconds: secondsBetween(beganAt, at), sign, name, said: said === '' ? [] : [said] }]);

  const leadsToSite = ({ addresses }: Observation): boolean =>
    addresses.some((address) => before.addresses.includes(address));

  function tellChange(now: Observation): void {
    if (leadsToSite(now) !== leadsToSite(last)) {
      const [to, found] = leadsToSite(now) ? ['site', 'pass'] : ['page', 'fail'];
      const remembered = `resolvers keep the former answer for at most ${now.ttlSeconds} s`;
      tell(now.at, SIGNS.waiting, `Route 53 leads to the ${to}`, `its checks ${found}; ${remembered}`);
    }
    const { what, answer, details } = now.seen;
    if (answer !== last.seen.answer) tell(now.at, what === 'neither' ? SIGNS.bad : SIGNS.good, answer, details);
    last = now;
  }

  /** The seconds until viewers get that. */
  async function until(wanted: 'page' | 'site'): Promise<number | undefined> {
    const from = aws.clock.now();
    for (;;) {
      const { value: now } = await watch.next();
      stop.throwIfAborted();
      tellChange(now);
      const took = secondsBetween(from, now.at);
      if (now.seen.what === wanted) return took;
      if (took > most) {
        tell(now.at, SIGNS.bad, `Not the ${wanted}`, `which was to be there after ${most} s at the latest`);
        return undefined;
      }
      lines.show([], [{ name: `waiting for the ${wanted}`, said: [] }]);
    }
  }

  try {
    tell(beganAt, SIGNS.waiting, 'Web server stopped');
    web.stop();
    const pageSeconds = await until('page');
    if (pageSeconds === undefined) return undefined;
    tell(aws.clock.now(), SIGNS.waiting, 'Web server started');
    web.start();
    const returnSeconds = await until('site');
    return returnSeconds === undefined ? undefined : { pageSeconds, returnSeconds, ...(arithmetic && { arithmetic }) };
  } finally {
    lines.show([]);
    web.start();
  }
}

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
