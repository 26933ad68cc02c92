import type { Route53Client } from '@aws-sdk/client-route-53';
import type { TxtAnswer } from 'dns-packet';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { listRecordsBelow } from '../../../aws/records/list-records.ts';
import { readChange } from '../../../aws/records/read-change.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { markerName } from '../../../domain/records/marker.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';
import type { Gate, GateLook, GateScope } from '../../gate.ts';
import { phaseOf } from '../../record/phase.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgeSync, type SyncSight, type ZoneSync } from './judge.ts';

type Ask = { dns: Resolver };

/** Opens when all name servers answer with the records that viewers come by. */
export const recordsSynced: Gate<'AwaitSync', SyncSight, Ask> = {
  name: 'AwaitSync',
  inDnsAccount: true,
  look: (ask, scope) =>
    lookAtZones(ask, scope, { step: 'PointRecords', isWritten: (name) => phaseOf(name, scope) === 'shift' }),
  judge: judgeSync,
};

/** Opens when all name servers answer with the record of the origin name: a CDN that asks before remembers that there is none. */
export const originSynced: Gate<'AwaitOriginSync', SyncSight, Ask> = {
  name: 'AwaitOriginSync',
  inDnsAccount: true,
  look: (ask, scope) =>
    lookAtZones(ask, scope, { step: 'PointOrigin', isWritten: (name) => phaseOf(name, scope) === 'prepare' }),
  judge: judgeSync,
};

/** The step that has written records, and the names of those. */
interface Written {
  step: 'PointOrigin' | 'PointRecords';
  isWritten: (name: string) => boolean;
}

async function lookAtZones(
  { clients, environment, dns }: GateLook & Ask,
  scope: GateScope,
  { step, isWritten }: Written,
): Promise<SyncSight> {
  const site = siteOf(scope);
  if (isExternal(site)) return undefined;
  const record = recordOf(scope);
  const route53 = route53Of(site, environment, clients);
  const { changes } = outputOf(record, step);
  const changeOf = ({ id }: SiteZone) => changes.findLast(({ zoneId }) => zoneId === id)?.changeId;
  const zones = outputOf(record, 'FindZone')
    .zones.map((zone) => ({ ...zone, names: zone.names.filter(isWritten) }))
    .filter(({ names }) => names.length > 0);
  return Promise.all(zones.map((zone) => lookAtZone(route53, { zone, changeId: changeOf(zone), dns })));
}

/** Where the id of a change was lost, or Route 53 has forgotten it, the name servers themselves are asked (failures R19). */
async function lookAtZone(
  route53: Route53Client,
  { zone, changeId, dns }: { zone: SiteZone; changeId: string | undefined; dns: Resolver },
): Promise<ZoneSync> {
  const status = changeId === undefined ? undefined : await readChange(route53, changeId);
  if (status !== undefined) return { status };
  try {
    const name = markerName(zone.names[0] ?? zone.name);
    const [marker] = await listRecordsBelow(route53, { zoneId: zone.id, name, limit: 1 });
    const answers = await Promise.all(zone.nameServers.map((server) => dns.ask(server, { name, type: 'TXT' })));
    return {
      marker: marker?.values[0]?.replaceAll('"', ''),
      answers: answers.map((answer) => answer.answers.flatMap((each) => (each.type === 'TXT' ? [textOf(each)] : []))),
    };
  } catch (error) {
    if (error instanceof DnsFailure) return { failure: error.message };
    throw error;
  }
}

function textOf({ data }: TxtAnswer): string {
  return Array.isArray(data) ? data.map(String).join('') : String(data);
}
