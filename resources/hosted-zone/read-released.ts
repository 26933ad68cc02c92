import { DnsFailure } from '../../aws/dns/query.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import { type HostedZone, readZone } from '../../aws/zones/read-zone.ts';
import { Failure } from '../../domain/errors.ts';
import { copiedTo } from '../../domain/ledger/made-of.ts';
import { isExternal, roleOf } from '../../domain/sites/dns.ts';
import { isMadeFor } from '../../domain/zones/caller-reference.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Look, Scope } from '../resource.ts';
import { recordOf, siteOf, wasKept } from '../scope.ts';
import type { ReleasedZone } from './changes.ts';

/** The zones that were made for the site, and those that answers were copied into: none in another account. */
export async function readReleasedZones(look: Look, scope: Scope): Promise<ReleasedZone[]> {
  const site = siteOf(scope);
  if (roleOf(site) || isExternal(site)) return [];
  return readLeavingZones(look, scope);
}

/** The same in whichever account, and the zones of further names, whoever made them. */
export async function readLeavingZones(
  look: Look,
  scope: Scope,
  further: readonly string[] = [],
): Promise<ReleasedZone[]> {
  const record = recordOf(scope);
  const route53 = route53For(look, scope);
  const found: ReleasedZone[] = [];
  for (const { id, name } of await listPublicZones(route53)) {
    const copied = copiedTo(record, id);
    const isAsked = further.includes(name) || copied.length > 0;
    if (name !== scope.owner.domain && !isAsked) continue;
    const zone = await readZone(route53, id);
    const ours = isMadeFor(scope.owner, zone.callerReference) && !wasKept(scope, { type: 'hosted zone', id });
    if (!ours && !isAsked) continue;
    const sets = await listRecordsBelow(route53, { zoneId: id, name });
    const { nameServers } = zone;
    found.push({ id, ours, zone: name, nameServers, sets, copied, delegatedTo: await delegation(look, zone) });
  }
  return found;
}

/** Which name servers the zone above sends viewers to. */
async function delegation({ dns }: Look, { name }: HostedZone): Promise<{ parent: string; nameServers: string[] }> {
  if (!dns) throw new Error(`Cannot read the delegation of "${name}": no name server can be asked`);
  try {
    return await dns.referral(name);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see now whether "${name}" is still delegated: ${error.message}`;
    throw new Failure('NotReady', message, { cause: error });
  }
}
