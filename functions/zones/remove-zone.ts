import { HostedZoneNotEmpty, type Route53Client } from '@aws-sdk/client-route-53';
import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { changeRecords } from '../../aws/records/change-records.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { deleteZone } from '../../aws/zones/delete-zone.ts';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import { type HostedZone, readZone } from '../../aws/zones/read-zone.ts';
import { Failure } from '../../domain/errors.ts';
import type { Left } from '../../domain/ledger/left.ts';
import { COPIED_RECORD, copiedTo, madeOf } from '../../domain/ledger/made-of.ts';
import { deleted } from '../../domain/records/exchange.ts';
import { isSameSet } from '../../domain/records/record-set.ts';
import { roleOf } from '../../domain/sites/dns.ts';
import { isMadeFor } from '../../domain/zones/caller-reference.ts';
import { copiesToRemove, whyZoneStays } from '../../domain/zones/removal.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';

/**
 * Deletes the hosted zone that was made for the site, when it is empty and the world is no longer sent to it (failures R15,
 * R16). What was copied into a zone goes while no viewer is sent there; afterwards it is what the names answer with.
 */
export const removeZone = (newResolver: () => Resolver) =>
  dnsStep('RemoveZone', {
    inRoute53: async ({ route53, site, record, environment }) => {
      // No zone is made in another account, and nothing is copied there.
      if (roleOf(site)) {
        const gone = madeOf(record, 'hosted zone');
        return { gone, output: { left: [] }, message: 'No hosted zone was made for the site' };
      }
      const owner = { domain: site.domain, stack: environment.stackName };
      const removed: string[] = [];
      const left: Left[] = [];
      const copied = (id: string) => copiedTo(record, id);
      const concerned = (await listPublicZones(route53)).filter(
        ({ id, name }) => name === site.domain || copied(id).length > 0,
      );
      const staying = new Set<string>();
      for (const { id } of concerned) {
        const zone = await readZone(route53, id);
        const ours = isMadeFor(owner, zone.callerReference);
        if (!ours && copied(id).length === 0) continue;
        const leaving = {
          zone: zone.name,
          nameServers: zone.nameServers,
          sets: await listRecordsBelow(route53, { zoneId: id, name: zone.name }),
          copied: copied(id),
          delegatedTo: await delegation(newResolver(), zone),
        };
        const copies = copiesToRemove(leaving);
        if (copies.length > 0) {
          const comment = `Nameplate: remove from ${site.domain}`;
          await changeRecords(route53, { zoneId: id, changes: copies.map(deleted), comment });
        } else if (copied(id).some((one) => leaving.sets.some((set) => isSameSet(one, set)))) staying.add(id);
        if (!ours) continue;
        const why = whyZoneStays(leaving);
        if (why === undefined) {
          await remove(route53, zone);
          removed.push(zone.name);
        } else left.push({ type: 'hosted zone', id, why });
      }
      return {
        gone: [
          ...madeOf(record, 'hosted zone').filter(({ id }) => !left.some((each) => each.id === id)),
          ...madeOf(record, COPIED_RECORD).filter(
            ({ before }) => !(before && 'set' in before && staying.has(before.zoneId)),
          ),
        ],
        output: { left },
        message: sentence({ removed, left }),
      };
    },
    elsewhere: async () => ({ output: { left: [] }, message: 'No hosted zone was made for the site' }),
  });

export const handler = removeZone(() => new Resolver());

/** Whom the zone above sends the world to. */
async function delegation(dns: Resolver, { name }: HostedZone): Promise<{ parent: string; nameServers: string[] }> {
  try {
    return await dns.referral(name);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see now whether "${name}" is still delegated: ${error.message}`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

async function remove(route53: Route53Client, { id, name }: HostedZone): Promise<void> {
  try {
    await deleteZone(route53, id);
  } catch (error) {
    if (!(error instanceof HostedZoneNotEmpty)) throw error;
    // It is being written to: the next look says what.
    throw new Failure('NotReady', `Waiting until the hosted zone "${name}" is empty`, { cause: error });
  }
}

function sentence({ removed, left }: { removed: string[]; left: Left[] }): string {
  if (removed.length > 0) return `Removed the hosted zone "${removed.join('", "')}"`;
  const [first] = left;
  return first ? `Left the hosted zone: ${first.why}` : 'No hosted zone was made for the site';
}
