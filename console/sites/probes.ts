import { edgeOf } from '../../domain/edges/edge.ts';
import { originOf } from '../../domain/origins/origin.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import type { Leg } from './way.ts';

type Told = NonNullable<SiteView['probes']>[number];

/** When something was asked of a leg last, and what it has answered. */
export type Probe = Omit<Told, 'leg'>;

/** The last probe of a leg; several where names or addresses have answered otherwise. */
export function probesOf(view: SiteView, { from, to }: Pick<Leg, 'from' | 'to'>): Probe[] {
  const place = from === 'dns' && to !== 'page' ? 'edge' : to;
  const told = isSame(view) || place === 'dns' ? (view.probes ?? []).filter(({ leg }) => leg === place) : [];
  const [page] = place === 'page' ? ofPage(view) : [];
  return page && told.every(({ at }) => at < page.at) ? [page] : told;
}

/** While another document is on its way, what it replaces was asked, and not its own legs. */
function isSame({ site, live }: SiteView): boolean {
  if (!live) return true;
  const [one, other] = [site as Site, live as Site];
  return edgeOf(one).servedBy === edgeOf(other).servedBy && originOf(one).id === originOf(other).id;
}

/** The page is asked at its distribution, whether or not viewers are led there. */
function ofPage({ failover }: SiteView): Probe[] {
  if (!failover?.page) return [];
  const { at, isReady, problems } = failover.page;
  const found = isReady ? 'answers with its certificate and 503' : problems.join('; ');
  return [{ at, asked: 'The page at its distribution, under every name', found, isWell: isReady }];
}
