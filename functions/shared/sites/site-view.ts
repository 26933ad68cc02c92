import type { Operation } from '../../../domain/ledger/operation.ts';
import { stepOf } from '../../../domain/ledger/outputs.ts';
import { type ResourceId, releasedOf } from '../../../domain/ledger/released.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { displayName } from '../../../domain/names/display-name.ts';
import { originShown } from '../../../domain/origins/shown-origin.ts';
import { keptOf } from '../../../domain/removal/kept.ts';
import { roleOf } from '../../../domain/sites/dns.ts';
import { desiredDocument } from '../../../domain/sites/life/standing.ts';
import { isLive } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { SiteView } from '../../../domain/sites/view.ts';

/** A site's record as the API shows it. What later steps read of each other stays inside. */
export function viewOf(record: SiteRecord): SiteView {
  const { item, steps, timeline, next } = record;
  const { domain, state, revision, site, live, reason, left, createdAt, updatedAt, liveAt } = item;
  const nameServers = nameServersOf(record);
  const { released, kept } = takenBack(record);
  return {
    domain,
    displayName: displayName(domain),
    state,
    revision,
    site: shownSite(site),
    ...(live && !isLive(item) && { live: shownSite(live) }),
    ...(nameServers && { nameServers }),
    ...(item.operation && { operation: shownOperation(item.operation) }),
    waiting: item.operation ? waitingSteps(item.revision, steps) : [],
    ...(reason && { reason }),
    ...(released.length > 0 && { released }),
    ...(kept.length > 0 && { kept }),
    ...(left?.length && { left }),
    steps: shownSteps(record),
    timeline,
    ...(next !== undefined && { next }),
    createdAt,
    updatedAt,
    ...(liveAt && { liveAt }),
  };
}

/** What an undo of the site has released and kept so far. */
function takenBack(record: SiteRecord): { released: ResourceId[]; kept: ResourceId[] } {
  const { item } = record;
  if (desiredDocument(item)) return { released: [], kept: [] };
  const all = releasedOf(record);
  const kept = item.operation ? keptOf(item.operation.keeps, all) : (item.kept ?? []);
  return { released: all.filter(({ type, id }) => !kept.some((each) => each.type === type && each.id === id)), kept };
}

/** An external id of the document is for the role alone: who reads sites does not set roles up. */
function shownSite({ dns, origin, ...site }: Site): SiteView['site'] {
  const kept = roleOf({ dns });
  return {
    ...site,
    origin: originShown(origin),
    ...(dns !== undefined && { dns: kept ? { role: kept.role } : (dns as 'route53' | 'external') }),
  };
}

/** What runs; which records it may delete and which execution it is stay inside. */
function shownOperation({ name, startedAt, by }: Operation): NonNullable<SiteView['operation']> {
  return { name, startedAt, ...(by !== undefined && { by }) };
}

/** The steps of the current revision, after those of earlier ones whose things are still there. */
function shownSteps({ item, steps }: SiteRecord): SiteView['steps'] {
  return steps
    .filter(({ revision, made }) => revision === item.revision || made.some(({ ours }) => ours))
    .sort((one, other) => one.revision - other.revision)
    .map(({ output: _, told: __, ...step }) => ({
      ...step,
      // What a person enters is told as such: it is not made by a step, and may not stand yet.
      made: step.made.filter(({ entered }) => entered === undefined).map(shownMade),
    }));
}

type ShownMade = SiteView['steps'][number]['made'][number];

/** What the API's document has of a thing; the rest is for the product's own decisions. */
function shownMade({
  type,
  id,
  ours,
  detail,
  address,
  lost,
  before,
}: SiteRecord['steps'][number]['made'][number]): ShownMade {
  return {
    ...{ type, id, ours },
    ...(detail !== undefined && { detail }),
    ...(address !== undefined && { address }),
    ...(lost !== undefined && { lost }),
    ...(before !== undefined && { before: { ...before } }),
  };
}

function waitingSteps(revision: number, steps: SiteRecord['steps']): SiteView['waiting'] {
  return steps.flatMap((step) =>
    step.revision === revision && step.state === 'waiting'
      ? [
          {
            step: step.name,
            for: step.waitingFor ?? '',
            since: step.startedAt,
            ...(step.waitingUntil !== undefined && { until: step.waitingUntil }),
          },
        ]
      : [],
  );
}

/** From the step that finds the zone, as a registrar wants them. */
function nameServersOf(record: SiteRecord): string[] | undefined {
  const { nameServers = [] } = stepOf(record, 'FindZone')?.output ?? {};
  return nameServers.length > 0 ? nameServers.map((server) => server.replace(/\.$/, '')) : undefined;
}
