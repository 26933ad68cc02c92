import type { ListRulesResponse } from '@aws-sdk/client-eventbridge';
import { DEFAULT_EDGE, type EdgeName } from '../../domain/edges/edge.ts';
import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { Api, type SiteView } from '../api.ts';
import { lowerBound } from '../lower-bound.ts';
import { arithmeticOf } from '../outage.ts';
import { type Answer, Viewer } from '../viewer.ts';
import { watchConstantly } from '../watch-constantly.ts';
import { type Observation, watchSite } from '../watch-site.ts';
import { makeWorld, type World } from '../world.ts';
import { DOMAIN, makeDelegatedZone } from './delegated-zone.ts';

/** What the failover of one site took, in seconds of AWS time that goes from one due instant to the next. */
export interface Failover extends Watched {
  onboarding: { seconds: number; boundSeconds: number };
  outage: Turn;
  recovery: Turn;
  /** Interval × failures + TTL. */
  arithmeticSeconds: number;
  /** Calls to any service by anybody, from the outage to the page and from the recovery to the site. */
  calls: number;
  /** Requested switches: from the request to the end of the operation, and the INSYNC that was drawn. */
  switches: { seconds: number; insyncSeconds: number }[];
}

/** Requested switches, as a viewer sees them who never stops asking. */
export interface Watched {
  looks: number;
  /** The answers that were neither the site nor the page. */
  others: string[];
}

/** From one thing that viewers get to the next. */
interface Turn {
  /** Until a viewer gets it whose resolver has asked before at a time of its own. */
  seconds: number;
  /** Until the name servers answer so, and a resolver that has asked just before has forgotten. */
  latestSeconds: number;
}

/** How often a viewer asks, in ms of AWS time. */
const ASK_EVERY_MS = 1_000;

/** Within this nothing that Route 53 does is still on its way, in ms of AWS time. */
const SETTLED_MS = 10 * 60_000;

/**
 * Stops the web server of a site until a viewer gets the page, starts it until there is the site again; then switches the site to its
 * page and back, twice.
 *
 * @throws {Error} when the site does not go live, or the page or the site does not come
 */
export function measureFailover({ assembly, seed }: Measuring): Promise<Failover> {
  return withSite({ assembly, seed, edge: DEFAULT_EDGE }, async (around, { site, onboarding }) => {
    const failedOver = await failOver(site, around);
    const switches = [await switched(around, 'on'), await switched(around, 'off')];
    return { onboarding, ...failedOver, switches, ...(await switchedConstantly(around)) };
  });
}

/** Switches a site behind CloudFront to its page and back while a viewer asks all the time. */
export function measureCdnSwitch({ assembly, seed }: Measuring): Promise<Watched> {
  return withSite({ assembly, seed, edge: 'cdn' }, switchedConstantly);
}

interface Measuring {
  assembly: string;
  seed: number;
}

interface Around {
  aws: LocalAws;
  world: World;
  viewer: Viewer;
}

interface Onboarded {
  site: SiteView;
  onboarding: Failover['onboarding'];
}

/** Onboards a site with the defaults of a failover, in a zone that exists and is delegated, and measures what `act` does with it. */
async function withSite<Measured>(
  { assembly, seed, edge }: Measuring & { edge: EdgeName },
  act: (around: Around, onboarded: Onboarded) => Promise<Measured>,
): Promise<Measured> {
  const aws = await startLocalAws({ assembly, seed, speed: 0 });
  try {
    const world = await makeWorld(aws.url, aws.region);
    await makeDelegatedZone(aws);
    const drawnBefore = aws.draws.drawn.length;
    const document = { domain: DOMAIN, edge, origin: { instance: { id: world.instanceId } }, failover: {} };
    const api = new Api(aws.apiUrl);
    const location = await api.declare(JSON.stringify(document));
    await ended(aws);
    const site = await api.site(location);
    if (site.state !== 'live') throw new Error(`Seed ${seed} did not go live: ${site.reason?.message}`);
    const seconds = (Date.parse(site.liveAt ?? '') - Date.parse(site.createdAt)) / 1000;
    const boundSeconds = lowerBound(aws.draws.drawn.slice(drawnBefore));
    const viewer = new Viewer({ ...aws, ca: aws.caPem });
    return await act({ aws, world, viewer }, { site, onboarding: { seconds, boundSeconds } });
  } finally {
    await aws.close();
  }
}

async function failOver({ site }: SiteView, { aws, world, viewer }: Around) {
  const { clock } = aws;
  const web = aws.ec2.web(world.instanceId);
  const watch = watchSite(site, { aws, viewer, next: () => clock.advance(ASK_EVERY_MS) });
  const enable = await disableRules(aws);
  await clock.advance(SETTLED_MS);
  const { value: before } = await watch.next();
  const { ttlSeconds } = before;
  const arithmetic = arithmeticOf(site, ttlSeconds);
  if (!arithmetic) throw new Error('Cannot measure an outage: the site has no health check');
  // The resolver of the viewer has asked at any time within the last TTL.
  const sinceAsked = () => clock.advance(aws.draws.fraction('bench:asked') * ttlSeconds * 1000);
  const isAtSite = ({ addresses }: Observation): boolean =>
    addresses.some((address) => before.addresses.includes(address));

  async function turn(wanted: 'page' | 'site'): Promise<Turn> {
    const from = clock.now().getTime();
    let ledAt: number | undefined;
    for (;;) {
      const { value: now } = await watch.next();
      const at = now.at.getTime();
      if (isAtSite(now) === (wanted === 'site')) ledAt ??= at;
      if (ledAt !== undefined && now.seen.what === wanted)
        return { seconds: (at - from) / 1000, latestSeconds: (ledAt - from) / 1000 + ttlSeconds };
      if (at - from > SETTLED_MS) throw new Error(`Cannot measure an outage: the ${wanted} does not come`);
    }
  }

  await sinceAsked();
  const mark = aws.calls.mark();
  web.stop();
  const outage = await turn('page');
  await sinceAsked();
  web.start();
  const recovery = await turn('site');
  const calls = aws.calls.mark() - mark;
  await enable();
  await clock.advance(SETTLED_MS);
  return { outage, recovery, arithmeticSeconds: arithmetic.seconds, calls };
}

/** Asks for a switch, and lets it end. */
async function switched({ aws }: Around, state: 'on' | 'off'): Promise<Failover['switches'][number]> {
  const drawnBefore = aws.draws.drawn.length;
  const from = aws.clock.now().getTime();
  await request(aws, state);
  await ended(aws);
  const seconds = (aws.clock.now().getTime() - from) / 1000;
  const drawn = aws.draws.drawn.slice(drawnBefore).findLast(({ what }) => what === 'route53:insync');
  if (!drawn) throw new Error('Cannot measure a switch: it changed no records');
  await aws.clock.advance(SETTLED_MS);
  return { seconds, insyncSeconds: drawn.seconds };
}

/** Asks for the page and for the site again, while a viewer asks all the time. */
async function switchedConstantly({ aws, viewer }: Pick<Around, 'aws' | 'viewer'>): Promise<Watched> {
  const isRight = ({ status, headers }: Answer) => status === 200 || (status === 503 && 'retry-after' in headers);
  const watched: Watched = { looks: 0, others: [] };
  for (const state of ['on', 'off'] as const) {
    await request(aws, state);
    const { looks, failures } = await watchConstantly([DOMAIN], { aws, viewer, isRight });
    watched.looks += looks;
    watched.others.push(...failures);
    await aws.clock.advance(SETTLED_MS);
  }
  return watched;
}

async function request({ apiUrl }: LocalAws, state: 'on' | 'off'): Promise<void> {
  const url = `${apiUrl}/v1/sites/${DOMAIN}/maintenance`;
  const { status } = await fetch(url, { method: 'PUT', body: JSON.stringify({ state }) });
  if (status !== 202) throw new Error(`Cannot measure a switch: it is answered with ${status}`);
}

/**
 * Leaves nothing that goes by time alone, or that hears of the alarm and tells people: what is called then is part of the way. Returns what
 * has events heard again.
 */
async function disableRules(aws: LocalAws): Promise<() => Promise<void>> {
  const principal = { arn: `arn:aws:iam::${aws.account}:root` };
  const ask = (operation: string, input: object) =>
    aws.dispatch({ service: 'events', operation, input, principal, region: aws.region });
  const { Rules = [] } = (await ask('ListRules', {})) as ListRulesResponse;
  for (const { Name } of Rules) await ask('DisableRule', { Name });
  return async () => {
    for (const { Name, EventPattern } of Rules) if (EventPattern) await ask('EnableRule', { Name });
  };
}

const ended = ({ clock, states }: LocalAws): Promise<void> => clock.until(() => states.running().length === 0);
