import type { Route53Client } from '@aws-sdk/client-route-53';
import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { isCode } from '../../aws/error-code.ts';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import { readZone } from '../../aws/zones/read-zone.ts';
import { readZoneTags } from '../../aws/zones/zone-tags.ts';
import { challenges } from '../../domain/entries/challenge.ts';
import type { Entry } from '../../domain/entries/entry.ts';
import { Failure } from '../../domain/errors.ts';
import { copiedTo } from '../../domain/ledger/made-of.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { needsChallenge, roleOf } from '../../domain/sites/dns.ts';
import type { Site } from '../../domain/sites/site.ts';
import { isMadeFor } from '../../domain/zones/caller-reference.ts';
import { carryOver, type Undelegated } from '../../domain/zones/carry-over.ts';
import { longestMatch, type Zone } from '../../domain/zones/longest-match.ts';
import { hasOwnZone, needsZone } from '../../domain/zones/needs-zone.ts';
import type { ExistingZone, SeenZone } from '../../domain/zones/seen-zone.ts';
import { type ZoneGroup, zonesFor } from '../../domain/zones/zones-for.ts';
import { claimantOf } from '../manual-record/manual-records.ts';
import { route53For } from '../record/traffic-records.ts';
import { readZoneViews } from '../record/zone-views.ts';
import type { Foresee, Look, Scope } from '../resource.ts';
import { siteOf, wasKept } from '../scope.ts';
import { readIsAnothers } from './anothers-zone.ts';
import { chooseZone } from './choose-zone.ts';
import { foreseeDelegation } from './foresee-delegation.ts';
import type { DesiredZones, SeenZones } from './hosted-zone.ts';
import { servingZones } from './serving-zones.ts';

/** Stands for the zone that is to be made. */
const NEW = 'new';

interface Reading {
  route53: Route53Client;
  /** The public zones of the account that keeps the records. */
  listed: readonly Zone[];
  dns: Resolver;
  foresee: Foresee;
  scope: Scope;
  challenges: readonly Entry[];
}

/** The zones of the names as a step finds them: records are read only of zones that something is or may be copied into. */
export async function readSiteZones(
  { names }: DesiredZones,
  look: Look,
  scope: Scope,
): Promise<Pick<SeenZones, 'zones' | 'passedOver'>> {
  const { dns } = look;
  if (!dns) throw new Error(`Cannot find the zones of "${scope.owner.domain}": no name server can be asked`);
  const route53 = route53For(look, scope);
  const { owner } = scope;
  const site = siteOf(scope);
  const listed = await listPublicZones(route53);
  const { zones: serving, passedOver } = await servingZones(route53, listed, {
    names,
    owner,
    // One without records is the domain's own place all the same where the document has it delegated.
    ...(hasOwnZone(site, scope.record?.item) && { except: site.domain }),
    newResolver: () => dns,
  });
  const isMissing = needsZone(site, serving, scope.record?.item);
  if (isMissing && site.delegate) checkMayCreate(site);
  const isNew = isMissing && roleOf(site) === undefined;
  const usable = [...serving, ...(isNew ? [{ id: NEW, name: site.domain }] : [])];
  const foresee = look.foresee ?? ((zone, zones) => foreseeDelegation(dns, zone, { route53, zones }));
  const reading = { route53, listed, dns, foresee, scope, challenges: challengesOf(site, look) };
  const zones: SeenZone[] = [];
  for (const group of zonesFor([...names], usable)) zones.push(await readGroup(group, reading));
  return { zones, passedOver };
}

/** @throws {Failure} "Misconfigured" where the zone that is to be delegated has to exist already: a role may not create it */
function checkMayCreate(site: Site): void {
  const role = roleOf(site)?.role;
  if (role === undefined) return;
  const message = `Cannot delegate "${site.domain}": the account of the role "${role}" has no public hosted zone of that name, and Nameplate creates none in another account. Create it there, then declare the site again; or leave "delegate" out, and the records are written into the hosted zone above it`;
  throw new Failure('Misconfigured', message);
}

const challengesOf = (site: Site, { environment }: Look): Entry[] =>
  needsChallenge(site) ? challenges(site, claimantOf(environment, site)) : [];

async function readGroup(group: ZoneGroup, reading: Reading): Promise<SeenZone> {
  const { candidates, names } = group;
  const name = candidates[0]?.name ?? '';
  if (candidates[0]?.id === NEW) {
    const zone = { name, names, nameServers: [] };
    const undelegated = await undelegatedNow(zone, reading);
    const holding = longestMatch(name, reading.listed);
    return {
      kind: 'new',
      name,
      names,
      ...(holding && { apartFrom: holding.name }),
      ...withCarryOver({ zone: name, sets: [] }, { ...zone, undelegated, ...reading }),
    };
  }
  try {
    return await readStanding(await chooseZone(reading.route53, group, () => reading.dns), names, reading);
  } catch (error) {
    if (!(error instanceof Failure && error.name === 'Conflict')) throw error;
    return { kind: 'ambiguous', name, names, candidates: candidates.map(({ id }) => id), message: error.message };
  }
}

async function readStanding(id: string, names: string[], reading: Reading): Promise<ExistingZone> {
  const { route53, scope } = reading;
  const { owner } = scope;
  const { name, nameServers, callerReference, recordCount = 0 } = await readZone(route53, id);
  const ours = isMadeFor(owner, callerReference) && !wasKept(scope, { type: 'hosted zone', id });
  const tagged = ours && isOwnedBy(owner, await tagsOf(route53, { id, name }));
  const anothers = await readIsAnothers(route53, { id, callerReference }, siteOf(scope).tenant);
  const zone = { id, name, names, nameServers, recordCount, ours, ...(anothers && { anothers }) };
  const undelegated = await undelegatedNow(zone, reading);
  const copied = scope.record ? copiedTo(scope.record, id) : [];
  const [viewed] = undelegated || copied.length > 0 ? await readZoneViews(route53, [zone]) : [];
  const view = viewed?.view ?? { zone: name, sets: [] };
  const carried = withCarryOver(view, { ...zone, undelegated, ...reading });
  return { kind: 'existing', ...zone, tagged, view, ...(copied.length > 0 && { copied }), ...carried };
}

async function tagsOf(route53: Route53Client, { id, name }: Zone): Promise<Record<string, string>> {
  try {
    return await readZoneTags(route53, id);
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (!isCode(error, 'NoSuchHostedZone')) throw error;
    throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${name}"`, { cause: error });
  }
}

/** @throws {Failure} "NotReady" when that can't be seen now */
async function undelegatedNow(
  zone: { name: string; names: readonly string[]; nameServers: readonly string[] },
  { foresee, listed }: Reading,
): Promise<Undelegated | undefined> {
  try {
    return await foresee(zone, listed);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see now what answers for "${zone.name}" before its delegation: ${error.message}`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

function withCarryOver(
  view: ZoneView,
  { undelegated, names, anothers, scope, challenges }: Carrying,
): Pick<ExistingZone, 'delegating'> {
  if (!undelegated) return {};
  const mayCopy = !needsChallenge(siteOf(scope)) && anothers !== true;
  const carried = carryOver(view, { names, owner: scope.owner, answered: undelegated.answered, mayCopy, challenges });
  return { delegating: { ...undelegated, ...carried } };
}

interface Carrying {
  undelegated: Undelegated | undefined;
  names: readonly string[];
  anothers?: boolean;
  scope: Scope;
  challenges: readonly Entry[];
}
