import { HostedZoneNotEmpty, type Route53Client } from '@aws-sdk/client-route-53';
import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import type { Left } from '../../aws/ledger/items.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { deleteZone } from '../../aws/zones/delete-zone.ts';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import { type HostedZone, readZone } from '../../aws/zones/read-zone.ts';
import { Failure } from '../../domain/errors.ts';
import { isMadeFor } from '../../domain/zones/caller-reference.ts';
import { whyZoneStays } from '../../domain/zones/removal.ts';
import { madeOf } from '../shared/ledger/made-of.ts';
import { dnsStep } from '../shared/steps/dns-step.ts';

/** Deletes the hosted zone that was made for the site, when it is empty and the world is no longer sent to it (failures R15, R16). */
export const removeZone = (newResolver: () => Resolver) =>
  dnsStep('RemoveZone', {
    inRoute53: async ({ route53, site, record, environment }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const removed: string[] = [];
      const left: Left[] = [];
      const named = (await listPublicZones(route53)).filter(({ name }) => name === site.domain);
      for (const { id } of named) {
        const zone = await readZone(route53, id);
        if (!isMadeFor(owner, zone.callerReference)) continue;
        const why = whyZoneStays({
          zone: zone.name,
          nameServers: zone.nameServers,
          sets: await listRecordsBelow(route53, { zoneId: id, name: zone.name }),
          delegatedTo: await delegation(newResolver(), zone),
        });
        if (why === undefined) {
          await remove(route53, zone);
          removed.push(zone.name);
        } else left.push({ type: 'hosted zone', id, why });
      }
      return {
        gone: madeOf(record, 'hosted zone').filter(({ id }) => !left.some((each) => each.id === id)),
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
    // Somebody writes to it: the next look says what.
    throw new Failure('NotReady', `Waiting until the hosted zone "${name}" is empty`, { cause: error });
  }
}

function sentence({ removed, left }: { removed: string[]; left: Left[] }): string {
  if (removed.length > 0) return `Removed the hosted zone "${removed.join('", "')}"`;
  const [first] = left;
  return first ? `Left the hosted zone: ${first.why}` : 'No hosted zone was made for the site';
}
