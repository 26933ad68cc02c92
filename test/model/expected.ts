import { isDeepStrictEqual } from 'node:util';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';

/** What somebody asks for. */
export type Asked =
  | 'declare'
  | 'declare nonsense'
  | 'change'
  | 'resume'
  | 'cancel'
  | 'cancel, then undo'
  | 'undo'
  | 'delete';

/** How things stood when it was asked. */
export interface Standing {
  site: SiteItem | undefined;
  /** Whether an execution runs. */
  running: boolean;
  /** Whether all changes are stopped. */
  stopped: boolean;
  /** What is declared, by "declare" and "change". */
  wanted?: Site | undefined;
}

const APPROVE = '409 needs-approval';
const STOPPED = '503 changes-stopped';

/**
 * "202", "409 site-exists": what the answer may be when nothing has failed and nobody has meddled. Without an approval of
 * what is deleted.
 */
export function expected(asked: Asked, { site, running, stopped, wanted }: Standing): readonly string[] {
  if (asked === 'declare nonsense') return ['400 invalid-text'];
  if (stopped && (asked === 'declare' || asked === 'change')) return [STOPPED];
  if (!site) return [asked === 'declare' ? '202' : '404 site-not-found'];
  const { state } = site;
  if (stopped && asked !== 'cancel') return [STOPPED];
  if (asked === 'cancel' || asked === 'cancel, then undo')
    return [running || isCancelled(site) ? '202' : '409 nothing-to-cancel'];
  if (running) return ['409 operation-running'];
  switch (asked) {
    case 'resume':
      return [state === 'held' ? '202' : '409 nothing-to-resume'];
    case 'undo':
    case 'delete':
      return state === 'undone' ? ['409 nothing-to-undo'] : begins(site, undefined);
    case 'declare':
      if (state === 'live') return ['409 site-exists'];
      return state === 'undone' ? ['202'] : begins(site, wanted);
    case 'change':
      if (state === 'undone') return ['409 nothing-to-change'];
      return state === 'live' && wanted && isSame(wanted, site.site) ? ['200'] : begins(site, wanted);
  }
}

/** Viewers don't lose more than goes unasked. Of a site that is held nobody here knows what stands. */
function begins(site: SiteItem, wanted: Site | undefined): readonly string[] {
  if (site.liveAt === undefined) return ['202'];
  if (site.state !== 'live') return ['202', APPROVE];
  return [isLetGo(site.site, wanted) ? APPROVE : '202'];
}

/** A cancellation may be asked for again. */
function isCancelled({ state, reason }: SiteItem): boolean {
  return state === 'held' && reason?.error === 'Cancelled';
}

/** Subnets that a declaration leaves out are chosen for it. */
export function isSame(wanted: Site, { subnets: _, ...standing }: Site): boolean {
  return isDeepStrictEqual(wanted, standing);
}

/** Whether more goes than goes unasked: five sets, or 30 % of ours (17). */
function isLetGo(standing: Site, wanted: Site | undefined): boolean {
  const [had, has] = [setsOf(standing), wanted ? setsOf(wanted) : []];
  const gone = had.filter((set) => !has.includes(set)).length;
  return gone > 5 || gone * 100 > had.length * 30;
}

/** The sets of a site, by name and type: what leads viewers, and what validates its certificate. */
function setsOf(site: Site): string[] {
  return namesOf(site).flatMap(({ name }) =>
    site.edge === 'direct' || name === site.directName
      ? [`${name} A`]
      : [`${name} A`, `${name} AAAA`, `${name} validation`],
  );
}
