import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import { openLedger } from '../../../aws/ledger/ledger.ts';
import { readZone } from '../../../aws/zones/read-zone.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { readZoneTags } from '../../../aws/zones/zone-tags.ts';
import type { SeenZone, StandingZone, World } from '../../../domain/changes/world.ts';
import { needsElasticIp, needsResource } from '../../../domain/edges/edge.ts';
import { Failure } from '../../../domain/errors.ts';
import { isOwnedBy, type Owner } from '../../../domain/ownership.ts';
import type { Usage } from '../../../domain/preflight/quotas.ts';
import type { RecordSet } from '../../../domain/records/record-set.ts';
import type { ZoneView } from '../../../domain/records/zone-view.ts';
import { isExternal, roleOf } from '../../../domain/sites/dns.ts';
import { isMadeFor } from '../../../domain/zones/caller-reference.ts';
import type { Delegating } from '../../../domain/zones/carry-over.ts';
import { longestMatch, type Zone } from '../../../domain/zones/longest-match.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';
import { type ZoneGroup, zonesFor } from '../../../domain/zones/zones-for.ts';
import type { SeenAddresses } from '../../../resources/elastic-ip/changes.ts';
import { elasticIp } from '../../../resources/elastic-ip/elastic-ip.ts';
import { readIsAnothers } from '../../../resources/hosted-zone/anothers-zone.ts';
import { chooseZone } from '../../../resources/hosted-zone/choose-zone.ts';
import { servingZones } from '../../../resources/hosted-zone/serving-zones.ts';
import { readZoneViews } from '../../../resources/record/zone-views.ts';
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

/** What is known of a zone before its delegation is looked at. */
type Foreseen = Pick<SiteZone, 'name' | 'names' | 'nameServers' | 'anothers'> & { view: ZoneView };

/** Undefined where the zone is delegated already. */
export type Foresee = (zone: Foreseen, zones: readonly Zone[]) => Promise<Delegating | undefined>;

export interface Looking {
  owner: Owner;
  environment: Environment;
  newResolver: () => Resolver;
  /** What the delegation of a zone would change; undefined where that is not asked. */
  foresee?: Foresee | undefined;
  /** What an operation before has copied into a zone. */
  copiedTo: (zoneId: string) => RecordSet[];
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
  const { site, instance } = survey;
  const [{ zones, passedOver }, addresses, edge] = await Promise.all([
    readZones(survey, looking),
    needsElasticIp(site) ? readElasticIp(survey, { ...looking, now }) : undefined,
    needsResource(site, 'load balancer') ? readEdge(survey, { ...looking, now }) : undefined,
  ]);
  return {
    world: {
      owner: looking.owner,
      zones,
      passedOver,
      instance,
      addresses: [...(addresses?.all ?? [])],
      ...(addresses?.loss && { loss: addresses.loss }),
      ...(edge && { edge: edge.seen }),
    },
    usage: {
      ...(edge?.usage ?? NO_EDGE),
      elasticAddresses: addresses?.all.length ?? 0,
      zones: survey.zones.count,
    },
  };
}

function readElasticIp(
  { site, clients }: Survey,
  { owner, environment, newResolver, now }: Looking & { now: Date },
): Promise<SeenAddresses> {
  const look = { clients, environment, ledger: openLedger(environment), dns: newResolver() };
  return elasticIp.read(look, { owner, site, record: undefined, known: {}, retained: [], now });
}

async function readZones(
  { site, clients, zones: listed, names }: Survey,
  looking: Looking,
): Promise<Required<Pick<World, 'zones' | 'passedOver'>>> {
  if (isExternal(site) || names.length === 0) return { zones: [], passedOver: [] };
  const route53 = route53Of(site, looking.environment, clients);
  const { zones, passedOver } = await servingZones(route53, listed.public, { names, ...looking });
  const made = roleOf(site) || longestMatch(site.domain, zones) ? [] : [{ id: NEW, name: site.domain }];
  const groups = zonesFor(names, [...zones, ...made]);
  return {
    zones: await Promise.all(
      groups.map((group) => readGroup(group, { ...looking, route53, zones, tenant: site.tenant })),
    ),
    passedOver,
  };
}

async function readGroup(
  group: ZoneGroup,
  {
    route53,
    zones,
    newResolver,
    foresee,
    copiedTo,
    owner,
    tenant,
  }: Looking & { route53: Route53Client; zones: Zone[]; tenant: string | undefined },
): Promise<SeenZone> {
  const { candidates, names } = group;
  const name = candidates[0]?.name ?? '';
  const withDelegating = async (zone: Foreseen) => {
    const delegating = await foresee?.(zone, zones);
    return delegating && { delegating };
  };
  if (candidates[0]?.id === NEW) {
    const view = { zone: name, sets: [] };
    return { kind: 'new', name, names, ...(await withDelegating({ name, names, nameServers: [], view })) };
  }
  try {
    const zone = await readStanding(route53, {
      id: await chooseZone(route53, group, newResolver),
      names,
      owner,
      tenant,
    });
    const copied = copiedTo(zone.id);
    return { ...zone, ...(copied.length > 0 && { copied }), ...(await withDelegating(zone)) };
  } catch (error) {
    if (!(error instanceof Failure && error.name === 'Conflict')) throw error;
    return { kind: 'ambiguous', name, names, candidates: candidates.map(({ id }) => id), message: error.message };
  }
}

async function readStanding(
  route53: Route53Client,
  { id, names, owner, tenant }: { id: string; names: string[]; owner: Owner; tenant: string | undefined },
): Promise<StandingZone> {
  const { name, nameServers, callerReference, recordCount = 0 } = await readZone(route53, id);
  const ours = isMadeFor(owner, callerReference);
  const [anothers, tagged, [zone]] = await Promise.all([
    readIsAnothers(route53, { id, callerReference }, tenant),
    ours && readZoneTags(route53, id).then((tags) => isOwnedBy(owner, tags)),
    readZoneViews(route53, [{ id, name, names, nameServers, recordCount, ours }]),
  ]);
  const view = zone?.view ?? { zone: name, sets: [] };
  return {
    kind: 'standing',
    id,
    name,
    names,
    nameServers,
    ours,
    tagged,
    ...(anothers && { anothers }),
    recordCount,
    view,
  };
}
