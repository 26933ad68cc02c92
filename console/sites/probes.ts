import { edgeOf } from '../../domain/edges/edge.ts';
import { originOf } from '../../domain/origins/origin.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import type { Leg } from './way.ts';

/** When something was asked of a leg last, and what it has answered. */
export interface Probe {
  /** ISO 8601 in UTC. */
  at: string;
  /** Absent of a step, whose words say it. */
  asked?: string;
  found: string;
  isWell: boolean;
}

type Place = NonNullable<SiteView['probes']>[number]['leg'];

/** The step that has asked where a leg ends, and has ended once that was as it should be. */
const ASKED_BY: Partial<Record<Place, string>> = {
  dns: 'CheckDelegation',
  edge: 'ProbeSite',
  origin: 'AwaitLoadBalancer',
};

/** The last probe of a leg: what a look has seen, or an operation since. */
export function probesOf(view: SiteView, { from, to }: Pick<Leg, 'from' | 'to'>): Probe[] {
  const place: Place = from === 'dns' && to !== 'page' ? 'edge' : (to as Place);
  const looked: Probe[] = isSame(view, place) ? (view.probes ?? []).filter(({ leg }) => leg === place) : [];
  const candidates = [looked, ofStep(view, place), place === 'page' ? ofPage(view) : []];
  return candidates.reduce((last, each) => (isLater(each, last) ? each : last));
}

/** A look is at what is live: while another document is on its way, what that replaces is not of its legs. */
function isSame({ site, live }: SiteView, place: Place): boolean {
  if (!live || place === 'dns') return true;
  const [one, other] = [site as Site, live as Site];
  return edgeOf(one).servedBy === edgeOf(other).servedBy && originOf(one).id === originOf(other).id;
}

const isLater = ([one]: Probe[], [other]: Probe[]): boolean =>
  one !== undefined && (other === undefined || one.at > other.at);

function ofStep({ steps }: SiteView, place: Place): Probe[] {
  const step = steps.findLast(({ name }) => name === ASKED_BY[place]);
  const { state, endedAt, message } = step ?? {};
  return state === 'done' && endedAt !== undefined && message !== undefined
    ? [{ at: endedAt, found: message, isWell: true }]
    : [];
}

/** The page is asked at its distribution, whether or not viewers are led there. */
function ofPage({ failover }: SiteView): Probe[] {
  if (!failover?.page) return [];
  const { at, isReady, problems } = failover.page;
  const found = isReady ? 'answers with its certificate and 503' : problems.join('; ');
  return [{ at, asked: 'The page at its distribution, under every name', found, isWell: isReady }];
}
