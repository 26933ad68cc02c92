import type { Route53Client } from '@aws-sdk/client-route-53';
import type { TxtAnswer } from 'dns-packet';
import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { readChange } from '../../aws/records/read-change.ts';
import { Failure } from '../../domain/errors.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { markerName } from '../../domain/records/marker.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { dnsLedgerStep } from '../shared/steps/dns-step.ts';

/** Waits until all name servers answer with the change. */
export const awaitSync = (newResolver: () => Resolver) =>
  dnsLedgerStep('AwaitSync', {
    inRoute53: async ({ route53, record }) => {
      const { zones } = outputOf(record, 'FindZone');
      const changes = new Map(
        outputOf(record, 'PointRecords').changes.map(({ zoneId, changeId }) => [zoneId, changeId]),
      );
      const synced = await Promise.all(
        zones.map((zone) => isSynced(route53, { zone, changeId: changes.get(zone.id), dns: newResolver() })),
      );
      if (synced.includes(false))
        throw new Failure('NotReady', 'Waiting until all name servers of Route 53 answer with the change');
      return { output: {}, message: 'All name servers of Route 53 answer with the change' };
    },
    elsewhere: async () => ({
      output: {},
      message: 'All name servers of your provider were seen to answer with the records',
    }),
  });

export const handler = awaitSync(() => new Resolver());

/** A change whose id was lost, or that Route 53 has forgotten, shows in the name servers themselves (failures R19). */
async function isSynced(
  route53: Route53Client,
  { zone, changeId, dns }: { zone: SiteZone; changeId: string | undefined; dns: Resolver },
): Promise<boolean> {
  const status = changeId === undefined ? undefined : await readChange(route53, changeId);
  if (status !== undefined) return status === 'INSYNC';
  try {
    return await isServed(route53, { zone, dns });
  } catch (error) {
    if (error instanceof DnsFailure) return false;
    throw error;
  }
}

/** The owner marker moves with every batch: when every name server tells the newest, they all tell the batch. */
async function isServed(route53: Route53Client, { zone, dns }: { zone: SiteZone; dns: Resolver }): Promise<boolean> {
  const name = markerName(zone.names[0] ?? zone.name);
  const [marker] = await listRecordsBelow(route53, { zoneId: zone.id, name, limit: 1 });
  const wanted = marker?.values[0]?.replaceAll('"', '');
  const told = await Promise.all(zone.nameServers.map((server) => dns.ask(server, { name, type: 'TXT' })));
  return told.every(({ answers }) => answers.some((answer) => answer.type === 'TXT' && textOf(answer) === wanted));
}

function textOf({ data }: TxtAnswer): string {
  return Array.isArray(data) ? data.map(String).join('') : String(data);
}
