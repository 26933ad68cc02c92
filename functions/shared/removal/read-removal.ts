import { readEnvironment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { ZoneDeletions } from '../../../domain/records/deletion-limits.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import type { Looking } from '../../../resources/resource.ts';
import { readDeletions } from './read-deletions.ts';
import { type ReadReleases, readReleases } from './read-releases.ts';
import { occupiedZones, releasedInZones } from './released-zones.ts';
import type { RemovalOptions } from './removal-survey.ts';

/** All that an undo to nothing removes, and what keeps it from that: read before the first record goes. */
export interface Removal extends ReadReleases {
  look: Looking;
  /** What is deleted of zones, where that is limited: in a site that was live. */
  inZones: ZoneDeletions[] | undefined;
}

/** A site that never was live takes back what it made itself, however many records that is. */
export async function readRemoval(
  record: SiteRecord,
  { ledger, now, ...options }: RemovalOptions & { ledger: Ledger; now: Date },
): Promise<Removal> {
  const { domain, liveAt, site } = record.item;
  const environment = readEnvironment();
  const stack = environment.stackName;
  const look = { clients: oneLook(), environment, ledger };
  const scope = { owner: { domain, stack }, site: undefined, record, known: {}, retained: [], now, ...options };
  const released = await readReleases(look, scope);
  const obstacles: Obstacle[] = [...released.obstacles, ...(await occupiedZones(look, released))];
  const isLimited = liveAt !== undefined && !isExternal(site);
  const route53 = route53Of(site, environment, look.clients);
  const inZones = isLimited ? await readDeletions(route53, releasedInZones(released), stack) : undefined;
  return { ...released, obstacles, look, inZones };
}
