import { NoSuchHostedZone, type Route53Client } from '@aws-sdk/client-route-53';
import { Resolver } from '../../aws/dns/resolver.ts';
import { createZone } from '../../aws/zones/create-zone.ts';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import { type HostedZone, readZone } from '../../aws/zones/read-zone.ts';
import { readZoneTags, tagZone } from '../../aws/zones/zone-tags.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { inWords } from '../../domain/records/record-set.ts';
import { needsChallenge, roleOf } from '../../domain/sites/dns.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import { callerReference, isMadeFor, type ZoneOwner } from '../../domain/zones/caller-reference.ts';
import { whyPassedOver } from '../../domain/zones/empty-zones.ts';
import { longestMatch, type Zone } from '../../domain/zones/longest-match.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { zonesFor } from '../../domain/zones/zones-for.ts';
import { awaitOwnership } from '../../resources/ownership/await-ownership.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';
import type { StepContext } from '../shared/steps/step.ts';
import { readIsAnothers } from '../shared/zones/anothers-zone.ts';
import { chooseZone } from '../shared/zones/choose-zone.ts';
import { checkServed, checkSilence, copyAnswers, delegatingZones, foreseeEach } from '../shared/zones/copy-answers.ts';
import { servingZones } from '../shared/zones/serving-zones.ts';

/** Stands for the zone that is to be made. */
const NEW = 'new';

/**
 * Finds the hosted zone of every name of the site, or makes one for its domain. A zone that is not delegated to gets what
 * viewers are answered today, before its name servers are shown.
 */
export const findZone = (newResolver: () => Resolver) =>
  dnsStep('FindZone', {
    inRoute53: async (context) => {
      const { route53, site, item, record, environment, keep } = context;
      // Nothing in another account is read before the names are proven.
      if (roleOf(site)) await awaitOwnership(newResolver(), context, { name: 'Awaited', beginning: true });
      const owner = { domain: site.domain, stack: environment.stackName, tenant: site.tenant };
      const names = namesOf(site).map(({ name }) => name);
      const listed = await listPublicZones(route53);
      const { zones: serving, passedOver } = await servingZones(route53, listed, { names, owner, newResolver });
      const isNew = roleOf(site) === undefined && longestMatch(site.domain, serving) === undefined;
      const usable = [...serving, ...(isNew ? [{ id: NEW, name: site.domain }] : [])];
      const chosen = await chooseZones(route53, { names, zones: usable, newResolver });
      const found = await Promise.all(chosen.map((zone) => describe(route53, { ...zone, owner })));
      const foreseen = await foreseeEach(newResolver, found, {
        route53,
        zones: listed,
        owner,
        record,
        mayCopy: !needsChallenge(site),
      });
      checkSilence(foreseen, item.operation);
      const created = isNew ? await create(route53, { owner, revision: item.revision, keep }) : undefined;
      if (created) await ensureTags(route53, { zone: created, owner, fresh: true });
      const zones = found.map((zone) => (zone.id === NEW && created ? ofNew(created, zone) : zone));
      const ready = foreseen.map((zone, place) => ({ ...zone, ...(zones[place] as SiteZone) }));
      const copied = await copyAnswers(ready, { route53, item, owner, keep });
      await checkServed(newResolver(), ready, copied.sets);
      const [first] = zones;
      if (!first) throw new Error(`Cannot find the zone of "${site.domain}": no name was asked for`);
      const delegating = delegatingZones(foreseen);
      const made = created
        ? `Created the hosted zone "${first.name}"`
        : `Found the hosted zone ${zones.map(({ name }) => `"${name}"`).join(', ')}`;
      return {
        made: [...zones.map(madeZone), ...copied.made],
        output: { zones, nameServers: first.nameServers, ...(delegating.length > 0 && { delegating }) },
        message: [
          ...passedOver.map(whyPassedOver),
          [
            made,
            ...(copied.sets.length > 0 && delegating.length > 0
              ? [`copied what viewers are answered today: ${copied.sets.map(inWords).join(', ')}`]
              : []),
            ...(created || delegating.length > 0 ? [`its name servers are ${first.nameServers.join(', ')}`] : []),
          ].join('; '),
        ].join('. '),
      };
    },
    elsewhere: async () => ({
      output: { zones: [], nameServers: [] },
      message: 'The records are kept with another DNS provider: Route 53 is left alone',
    }),
  });

export const handler = findZone(() => new Resolver());

async function create(
  route53: Route53Client,
  { owner, revision, keep }: { owner: ZoneOwner; revision: number; keep: StepContext['keep'] },
): Promise<HostedZone> {
  const zone = await createZone(route53, {
    name: owner.domain,
    callerReference: callerReference(owner, revision),
    comment: `Made by Nameplate for ${owner.domain}`,
  });
  // Made before, and not in the listing yet: the next look finds it.
  if (!zone) throw new Failure('NotReady', `Waiting until Route 53 lists the hosted zone "${owner.domain}"`);
  await keep(madeZone({ ...zone, ours: true }));
  return zone;
}

/** The zone of each name, and the names of each zone; the domain's first. */
async function chooseZones(
  route53: Route53Client,
  { names, zones, newResolver }: { names: string[]; zones: Zone[]; newResolver: () => Resolver },
): Promise<{ id: string; names: string[] }[]> {
  const chosen: { id: string; names: string[] }[] = [];
  for (const group of zonesFor(names, zones))
    chosen.push({ id: await chooseZone(route53, group, newResolver), names: group.names });
  return chosen;
}

/** Reads a zone, and tags it when it is ours and isn't yet: it can't be made with tags. */
async function describe(
  route53: Route53Client,
  { id, names, owner }: { id: string; names: string[]; owner: ZoneOwner },
): Promise<SiteZone> {
  if (id === NEW) return { id, name: owner.domain, names, nameServers: [], ours: true };
  const zone = await readZone(route53, id);
  const ours = isMadeFor(owner, zone.callerReference);
  if (ours) await ensureTags(route53, { zone, owner, fresh: false });
  const anothers = await readIsAnothers(route53, zone, owner.tenant);
  return { id, name: zone.name, names, nameServers: zone.nameServers, ours, ...(anothers && { anothers }) };
}

function ofNew({ id, name, nameServers }: HostedZone, { names }: SiteZone): SiteZone {
  return { id, name, names, nameServers, ours: true };
}

async function ensureTags(
  route53: Route53Client,
  { zone, owner, fresh }: { zone: HostedZone; owner: ZoneOwner; fresh: boolean },
): Promise<void> {
  try {
    if (!fresh && isOwnedBy(owner, await readZoneTags(route53, zone.id))) return;
    await tagZone(route53, { id: zone.id, tags: ownerTags(owner) });
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (!(error instanceof NoSuchHostedZone)) throw error;
    throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${zone.name}"`, { cause: error });
  }
}

function madeZone({ id, name, ours }: { id: string; name: string; ours: boolean }): Made {
  return { type: 'hosted zone', id, ours, detail: name };
}
