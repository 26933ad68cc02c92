import { EC2Client } from '@aws-sdk/client-ec2';
import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { listAddresses } from '../../../aws/servers/list-addresses.ts';
import { readZone } from '../../../aws/zones/read-zone.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { readZoneTags } from '../../../aws/zones/zone-tags.ts';
import { needsAddress } from '../../../domain/changes/changes.ts';
import type { SeenZone, World } from '../../../domain/changes/world.ts';
import { Failure } from '../../../domain/errors.ts';
import { isOwnedBy, type Owner } from '../../../domain/ownership.ts';
import type { Usage } from '../../../domain/preflight/quotas.ts';
import { isExternal, roleOf } from '../../../domain/sites/dns.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { isMadeFor } from '../../../domain/zones/caller-reference.ts';
import { longestMatch } from '../../../domain/zones/longest-match.ts';
import { type ZoneGroup, zonesFor } from '../../../domain/zones/zones-for.ts';
import { readZoneViews } from '../records/zone-views.ts';
import { chooseZone } from '../zones/choose-zone.ts';
import type { Survey } from './check-world.ts';
import { readEdge } from './read-edge.ts';

/** Stands for the zone that is to be made. */
const NEW = 'new';

/** What a site without a load balancer needs nothing more of. */
const NO_EDGE = {
  certificates: 0,
  certificatesRequestedThisYear: 0,
  loadBalancers: 0,
  targetGroups: 0,
  rulesOfWayIn: 0,
};

interface Looking {
  owner: Owner;
  environment: Environment;
  newResolver: () => Resolver;
}

/**
 * Reads all that the changes of a site are decided from, and what the account has of what is limited. Changes nothing.
 *
 * @throws {Failure} "NotReady" when the world can't be read now
 */
export async function readWorld(
  survey: Survey,
  { now, ...looking }: Looking & { now: Date },
): Promise<{ world: World; usage: Usage }> {
  const { site, clients, instance } = survey;
  const [zones, addresses, edge] = await Promise.all([
    readZones(survey, looking),
    needsAddress(site) ? listAddresses(clients(EC2Client)) : [],
    site.edge === 'load-balancer' ? readEdge(survey, { owner: looking.owner, now }) : undefined,
  ]);
  return {
    world: { owner: looking.owner, zones, instance, addresses, ...(edge && { edge: edge.seen }) },
    usage: {
      ...(edge?.usage ?? NO_EDGE),
      elasticAddresses: addresses.length,
      zones: survey.zones.count,
    },
  };
}

async function readZones({ site, clients, zones }: Survey, looking: Looking): Promise<SeenZone[]> {
  if (isExternal(site)) return [];
  const made = roleOf(site) || longestMatch(site.domain, zones.public) ? [] : [{ id: NEW, name: site.domain }];
  const names = namesOf(site).map(({ name }) => name);
  return Promise.all(
    zonesFor(names, [...zones.public, ...made]).map((group) => readGroup(group, { ...looking, site, clients })),
  );
}

async function readGroup(
  group: ZoneGroup,
  { site, clients, owner, environment, newResolver }: Looking & { site: Site; clients: Clients },
): Promise<SeenZone> {
  const { candidates, names } = group;
  const name = candidates[0]?.name ?? '';
  if (candidates[0]?.id === NEW) return { kind: 'new', name, names };
  const route53 = route53Of(site, environment, clients);
  try {
    return await readStanding(route53, { id: await chooseZone(route53, group, newResolver), names, owner });
  } catch (error) {
    if (!(error instanceof Failure && error.name === 'Conflict')) throw error;
    return { kind: 'ambiguous', name, names, candidates: candidates.map(({ id }) => id), message: error.message };
  }
}

async function readStanding(
  route53: Route53Client,
  { id, names, owner }: { id: string; names: string[]; owner: Owner },
): Promise<SeenZone> {
  const { name, nameServers, callerReference, recordCount = 0 } = await readZone(route53, id);
  const ours = isMadeFor(owner, callerReference);
  const [tagged, [zone]] = await Promise.all([
    ours && readZoneTags(route53, id).then((tags) => isOwnedBy(owner, tags)),
    readZoneViews(route53, [{ id, name, names, nameServers, recordCount, ours }]),
  ]);
  const view = zone?.view ?? { zone: name, sets: [] };
  return { kind: 'standing', id, name, names, nameServers, ours, tagged, recordCount, view };
}
