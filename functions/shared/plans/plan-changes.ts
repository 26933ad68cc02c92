import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import { openLedger } from '../../../aws/ledger/ledger.ts';
import { PLACES } from '../../../domain/certificates/place.ts';
import { type Change, isCreated, retainedInWords } from '../../../domain/changes/change.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Usage } from '../../../domain/preflight/quotas.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { formerNames } from '../../../domain/sites/former-names.ts';
import { declaresTheSame } from '../../../domain/sites/life/begin.ts';
import { isDeclared, isLive } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import { readImport } from '../../../resources/certificate/read-import.ts';
import type { Seen } from '../../../resources/list.ts';
import type { Foresee, Looking, Scope } from '../../../resources/resource.ts';
import { prepared, readPrepared } from '../../../resources/walk.ts';
import { readReleases } from '../removal/read-releases.ts';
import type { Survey } from './check-world.ts';
import { readUsage } from './read-usage.ts';

interface Planning {
  /** The site as it stands, whose earlier documents may have made what this one releases. */
  record: SiteRecord | undefined;
  environment: Environment;
  newResolver: () => Resolver;
  now: Date;
  /** What the delegation of a zone would change; not asked where it is absent. */
  foresee?: Foresee;
}

export interface PlannedChanges {
  changes: Change[];
  /** What keeps something from being released: the changes say that it stays. */
  obstacles: Obstacle[];
  /** What the changes were decided from. */
  seen: Seen;
  /** The zones of the names, with their records. */
  zones: SeenZone[];
  usage: Usage;
}

/** What onboarding the site, or changing it, would change in the world as it is now: all that the steps would read and decide. */
export async function planChanges(
  survey: Survey,
  { record, environment, newResolver, now, foresee = async () => undefined }: Planning,
): Promise<PlannedChanges> {
  const { site, clients, names } = survey;
  const look: Looking = {
    clients,
    environment,
    ledger: openLedger(environment),
    dns: newResolver(),
    foresee,
    readImport,
    listsAll: true,
  };
  const scope: Scope = {
    owner: { domain: site.domain, stack: environment.stackName },
    site,
    record: record && changed(record, site),
    known: {},
    retained: [],
    now,
    readable: names,
  };
  const seen = await readPrepared(look, scope);
  const { changes, known } = prepared(seen, scope);
  const zones = zonesIn(seen);
  const usage = await readUsage(survey, seen, { environment, now });
  // The same document releases something all the same where its secret has another kind of certificate by now.
  const replaces = changes.some((change) => isCreated(change, 'certificate'));
  if (!isDeclared(record?.item) || (isLive(record.item) && declaresTheSame(site, record.item) && !replaces)) {
    return { changes, obstacles: [], seen, zones, usage };
  }
  const released = await readReleases(look, { ...scope, known: { ...known, ...issuedOf(known) } });
  return {
    changes: [...changes.filter(({ phase }) => phase !== 'release'), ...released.changes.map(retainedInWords)],
    obstacles: released.obstacles,
    seen,
    zones,
    usage,
  };
}

/** What the gates will leave that wait for the certificates. */
function issuedOf(known: Scope['known']): Scope['known'] {
  const issued = PLACES.flatMap(({ request, wait }) => {
    const { certificateArn } = known[request] ?? {};
    return certificateArn === undefined ? [] : [[wait, { certificateArn }] as const];
  });
  return Object.fromEntries(issued);
}

/** The site as its operation will find it. */
function changed(record: SiteRecord, site: Site): SiteRecord {
  const { item } = record;
  return { ...record, item: { ...item, site, former: formerNames(site, item), revision: item.revision + 1 } };
}

/** The zones with the records that were read of them. */
function zonesIn({ 'hosted-zone': found, record }: Seen): SeenZone[] {
  return (found?.zones ?? []).map((zone) => {
    const viewed = zone.kind === 'existing' && record?.zones.find(({ id }) => id === zone.id);
    return viewed ? { ...zone, view: viewed.view } : zone;
  });
}
