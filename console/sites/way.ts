import { edgeOf, hasLoadBalancer } from '../../domain/edges/edge.ts';
import { originOf } from '../../domain/origins/origin.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { displayName } from '../parts/display-name.ts';
import { type Probe, probesOf } from './probes.ts';

/** How a part of the way stands. "ready": led there when the origin fails; "ahead": nothing was done for it yet; "off": nobody is led there. */
export type Standing = 'done' | 'busy' | 'waiting' | 'failed' | 'ready' | 'ahead' | 'off';

/** A place that a request passes. */
export interface Stop {
  id: 'viewer' | 'dns' | 'edge' | 'balancer' | 'origin' | 'page';
  title: string;
  detail: string;
}

/** From one place to the next. */
export interface Leg {
  from: Stop['id'];
  to: Stop['id'];
  standing: Standing;
  /** What the step has said that concerns it last. */
  says?: string;
  /** What it was seen to answer last; none where it was not asked yet. */
  probes: Probe[];
}

/** A leg as it stands. */
type Stood = Omit<Leg, 'probes'>;

export interface Way {
  stops: Stop[];
  legs: Leg[];
}

/** The steps that a leg is made true by, in order. */
const STEPS = {
  asked: ['FindZone', 'WriteDelegation', 'CheckDelegation'],
  led: ['ServeAliases', 'MoveAliases', 'PointRecords', 'AwaitSync', 'ProbeSite'],
  balanced: ['PointOrigin', 'AwaitOriginSync', 'CheckOrigin', 'AwaitDistribution'],
  served: [
    'CreateInstance',
    'AwaitInstance',
    'AwaitServer',
    'OpenSecurityGroups',
    'CreateTargetGroup',
    'AttachCertificate',
    'AddListenerCertificate',
    'AwaitLoadBalancer',
    'MoveListener',
    'Preflight',
  ],
  page: ['WritePage', 'CreateDistribution', 'CreateHealthCheck', 'AwaitHealthCheck'],
} as const;

/** The way of a request through a site as it stands: viewer, DNS, what viewers connect to, and what makes the pages. */
export function wayOf(view: SiteView): Way {
  const { failover } = view;
  // As declared, but for what the API keeps to itself of an origin: none of it is asked for here.
  const site = view.site as Site;
  const isShown = failover?.on === 'page';
  const leg = (from: Stop['id'], to: Stop['id'], steps: readonly string[]): Stood => ({
    from,
    to,
    ...standingOf(view, steps),
  });
  const middle = middleOf(site);
  const last = middle.at(-1)?.id ?? 'dns';
  const first = middle[0]?.id ?? 'origin';
  const isBack = view.state === 'switching' && !isShown;
  const led: Stood = isBack ? { from: 'dns', to: first, ...switching(view) } : leg('dns', first, STEPS.led);
  const behind = middle.length > 1 ? [leg('edge', 'balancer', STEPS.balanced)] : [];
  const origin = middle.length > 0 ? [leg(last, 'origin', STEPS.served)] : [];
  const leadsToPage = edgeOf(site).servedBy === 'distribution' ? 'edge' : 'dns';
  const page: Stood[] = failover ? [pageLeg(view, leadsToPage)] : [];
  const traffic = [led, ...behind, ...origin];
  // While viewers see the page, what lies behind the fork is led nowhere.
  const forked =
    isShown && view.state !== 'switching'
      ? traffic.map((each) => (isBehindFork(each, leadsToPage) ? off(each) : each))
      : traffic;
  return {
    stops: [
      { id: 'viewer', title: 'Viewer', detail: namesOf(site) },
      { id: 'dns', title: 'DNS', detail: dnsOf(site) },
      ...middle,
      { id: 'origin', title: 'Origin', detail: originDetail(site) },
      ...(failover ? [{ id: 'page' as const, title: 'Maintenance page', detail: pageDetail(failover) }] : []),
    ],
    legs: [leg('viewer', 'dns', STEPS.asked), ...forked, ...page].map((each) => ({
      ...each,
      probes: UNDONE.includes(view.state) ? [] : probesOf(view, each),
    })),
  };
}

/** What stands between the names and the origin, by the facts of the edge. */
function middleOf(site: Site): Stop[] {
  const balancer = originOf(site).loadBalancerArn === undefined ? 'made for the site' : 'the one that exists';
  const balancers = hasLoadBalancer(site) ? [{ title: 'Load balancer', detail: balancer }] : [];
  const edges = edgeOf(site).servedBy === 'distribution' ? [CLOUDFRONT, ...balancers] : balancers;
  return edges.map((stop, at) => ({ ...stop, id: at === 0 ? 'edge' : 'balancer' }));
}

const CLOUDFRONT = { title: 'CloudFront', detail: 'distribution of the site' };

/** The domain, and how many names more. */
const namesOf = ({ domain, aliases }: Site): string =>
  aliases.length === 0 ? displayName(domain) : `${displayName(domain)} +${aliases.length}`;

function dnsOf({ dns = 'route53' }: Site): string {
  if (dns === 'external') return 'another provider';
  return typeof dns === 'object' ? 'Route 53 of another account' : 'Route 53';
}

/** What makes the pages: "i-0123456789abcdef0:80". */
function originDetail(site: Site): string {
  const { id, port } = originOf(site);
  return `${id.split('loadbalancer/').at(-1)}:${port}`;
}

const UNDONE: readonly SiteView['state'][] = ['undone', 'undoing'];

/** Whether viewers take a leg already, whatever goes on: all of a live site, and of one that changes what stays as it is. */
function isTaken({ state, live, site }: SiteView, names: readonly string[]): boolean {
  if (state === 'live' || state === 'switching') return true;
  if (!live) return false;
  return names === STEPS.asked || edgeOf(live as Site).servedBy === edgeOf(site as Site).servedBy;
}

function standingOf(view: SiteView, names: readonly string[]): Pick<Leg, 'standing' | 'says'> {
  const { steps, state, reason, revision } = view;
  const found = names.flatMap((name) => steps.filter((step) => step.name === name));
  const last = found.findLast(({ message, waitingFor }) => message ?? waitingFor);
  const says = last && (last.endedAt === undefined ? last.waitingFor : last.message);
  const said = says === undefined ? {} : { says };
  if (UNDONE.includes(state)) return { standing: 'off' };
  if (reason && names.includes(reason.step) && state !== 'live') return { standing: 'failed', says: reason.message };
  if (found.some((step) => step.state === 'failed' && step.revision === revision))
    return { standing: 'failed', ...said };
  const open = found.find((step) => step.state === 'waiting' || step.state === 'running');
  if (open)
    return { standing: open.state === 'waiting' ? 'waiting' : 'busy', says: open.waitingFor ?? open.message ?? '' };
  // What its making has said is of then, and of some legs no longer known.
  if (isTaken(view, names)) return { standing: 'done' };
  const isOver = found.some(({ name, endedAt }) => name === names.at(-1) && endedAt !== undefined);
  if (isOver) return { standing: 'done', ...said };
  return found.length === 0 ? { standing: 'ahead' } : { standing: 'busy', ...said };
}

function pageLeg(view: SiteView, from: Stop['id']): Stood {
  const { failover, state } = view;
  const leg = { from, to: 'page' as const };
  if (!failover || UNDONE.includes(state)) return { ...leg, standing: 'off' };
  if (failover.on === 'page' && state === 'switching') return { ...leg, ...switching(view) };
  if (failover.on === 'page') return { ...leg, standing: 'done', says: 'Viewers see it' };
  if (failover.armed) return { ...leg, standing: 'ready' };
  const made = standingOf(view, STEPS.page);
  if (state === 'live') {
    const { page, healthCheck, certificate, why } = failover;
    // The first look at it is within the hour.
    const isWrong = [page, healthCheck, certificate].some((look) => look?.isReady === false);
    return { ...leg, standing: isWrong ? 'failed' : 'waiting', ...(why !== undefined && { says: why }) };
  }
  return {
    ...leg,
    standing: made.standing === 'done' ? 'ahead' : made.standing,
    ...(made.says !== undefined && { says: made.says }),
  };
}

/** Where viewers are led while that switches: some are led there already. */
function switching({ steps, revision }: SiteView): Pick<Leg, 'standing' | 'says'> {
  const open = steps.findLast((step) => step.revision === revision && step.endedAt === undefined);
  return { standing: 'busy', says: open?.waitingFor ?? 'Viewers are led there' };
}

const pageDetail = ({ on, armed }: NonNullable<SiteView['failover']>): string =>
  on === 'page' ? 'viewers see it' : armed ? 'stands by' : 'not ready';

const isBehindFork = ({ from }: Stood, fork: Stop['id']): boolean => fork === 'dns' || from !== 'dns';

const off = (leg: Stood): Stood => ({ from: leg.from, to: leg.to, standing: 'off' });
