import { isCode } from '../../aws/error-code.ts';
import { createZone } from '../../aws/zones/create-zone.ts';
import type { HostedZone } from '../../aws/zones/read-zone.ts';
import { tagZone } from '../../aws/zones/zone-tags.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { inWords } from '../../domain/records/record-set.ts';
import { roleOf } from '../../domain/sites/dns.ts';
import { callerReference } from '../../domain/zones/caller-reference.ts';
import { whyPassedOver } from '../../domain/zones/empty-zones.ts';
import type { ExistingZone, NewZone, SeenZone } from '../../domain/zones/seen-zone.ts';
import { proveOwnership } from '../ownership/prove-ownership.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Applying, Doing } from '../resource.ts';
import { recordOf, siteOf } from '../scope.ts';
import { checkServed, checkSilence, copiesIn, copyAnswers } from './copies.ts';
import { copiedNext, type DesiredZones, isFound, type SeenZones, zoneHandles } from './hosted-zone.ts';

/** Makes a zone for the domain where none holds it, tags it, and copies what viewers are answered today. */
export const findZones: Applying<DesiredZones, SeenZones> = {
  standing: (_, { zones }) => zones.flatMap((zone) => (zone.kind === 'existing' ? [madeZone(zone)] : [])),

  async before(doing) {
    // Nothing in another account is read before the names are proven.
    if (roleOf(siteOf(doing.scope))) await proveOwnership(doing, { beginning: true });
  },

  async apply({ verb, resource }, actual, doing) {
    checkSilence(actual.zones.filter(isFound), recordOf(doing.scope).item.operation);
    const { zone, next } = await changed({ verb, isZone: resource.type === 'hosted zone' }, actual, doing);
    const zones = actual.zones.map((each): SeenZone => (each === zone ? next : each));
    return { actual: { ...actual, zones }, message: '' };
  },

  async after({ zones }, { dns, scope }) {
    const found = zones.filter(isFound);
    checkSilence(found, recordOf(scope).item.operation);
    if (dns) await checkServed(dns, found, copiesIn(found));
  },

  outcome({ zones, passedOver }) {
    const { zones: found, nameServers, delegating = [] } = zoneHandles(zones);
    const created = zones.some((zone) => zone.kind === 'existing' && zone.created === true);
    const copies = copiesIn(zones.filter(isFound));
    const names = found.map(({ name }) => `"${name}"`).join(', ');
    const parts = [
      created ? `Created the hosted zone "${found[0]?.name}"` : `Found the hosted zone ${names}`,
      ...(copies.length > 0 && delegating.length > 0
        ? [`copied what viewers are answered today: ${copies.map(inWords).join(', ')}`]
        : []),
      ...(created || delegating.length > 0 ? [`its name servers are ${nameServers.join(', ')}`] : []),
    ];
    return {
      // How many records a zone has is true for a moment: a plan reads by it, and no later step may.
      output: { zones: found.map(({ recordCount: _, ...zone }) => zone) },
      message: [...passedOver.map(whyPassedOver), parts.join('; ')].join('. '),
    };
  },
};

/** The zone that a change is of, and as it is after it. */
async function changed(
  { verb, isZone }: { verb: string; isZone: boolean },
  { zones }: SeenZones,
  doing: Doing,
): Promise<{ zone: SeenZone; next: ExistingZone }> {
  const { scope } = doing;
  const fresh = zones.find((zone) => zone.kind === 'new');
  if (isZone && verb === 'create' && fresh) return { zone: fresh, next: await create(fresh, doing) };
  const untagged = zones.filter((zone) => zone.kind === 'existing').find(({ ours, tagged }) => ours && !tagged);
  if (isZone && untagged) {
    await tag(untagged, doing);
    return { zone: untagged, next: { ...untagged, tagged: true } };
  }
  const copied = copiedNext(zones, scope);
  if (!copied) throw new Error(`Cannot prepare the zones of "${scope.owner.domain}": nothing is due`);
  return { zone: copied, next: await copyAnswers(copied, doing) };
}

async function create({ names, delegating }: NewZone, doing: Doing): Promise<ExistingZone> {
  const { scope, revision } = doing;
  const { domain } = scope.owner;
  const owner = { ...scope.owner, tenant: siteOf(scope).tenant };
  const zone: HostedZone | undefined = await createZone(route53For(doing, scope), {
    name: domain,
    callerReference: callerReference(owner, revision),
    comment: `Made by Nameplate for ${domain}`,
  });
  // Made before, and not in the listing yet: the next look finds it.
  if (!zone) throw new Failure('NotReady', `Waiting until Route 53 lists the hosted zone "${domain}"`);
  await doing.keep(madeZone({ ...zone, ours: true }));
  await tag(zone, doing);
  const { id, name, nameServers } = zone;
  const standing = { id, name, names, nameServers, ours: true, tagged: true, recordCount: 0, created: true as const };
  return { kind: 'existing', ...standing, view: { zone: name, sets: [] }, ...(delegating && { delegating }) };
}

async function tag({ id, name }: { id: string; name: string }, doing: Doing): Promise<void> {
  const { scope } = doing;
  try {
    await tagZone(route53For(doing, scope), { id, tags: ownerTags(scope.owner) });
  } catch (error) {
    // Known a moment after it was made (failures R30).
    if (!isCode(error, 'NoSuchHostedZone')) throw error;
    throw new Failure('NotReady', `Waiting until Route 53 knows the hosted zone "${name}"`, { cause: error });
  }
}

function madeZone({ id, name, ours }: { id: string; name: string; ours: boolean }): Made {
  return { type: 'hosted zone', id, ours, detail: name };
}
