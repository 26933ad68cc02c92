import { DnsFailure } from '../../aws/dns/query.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import { domainsOf, readDomainOperation, readRegisteredDomain } from '../../aws/domains/registered-domain.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { listPublicZones } from '../../aws/zones/list-zones.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { readIsAnothers } from '../hosted-zone/anothers-zone.ts';
import { type Account, servingZone } from '../hosted-zone/serving-zone.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Look, Scope } from '../resource.ts';
import { siteOf } from '../scope.ts';
import { REGISTRAR, registeredSet, type SeenDelegation } from './changes.ts';
import type { DesiredDelegation } from './delegation.ts';

/** How the zones of the site are delegated, and what stands at their names in the zones above. */
export async function readDelegations(
  look: Look,
  scope: Scope,
  desired: readonly DesiredDelegation[],
): Promise<SeenDelegation[]> {
  const { dns } = look;
  if (!dns) throw new Error(`Cannot read the delegation of "${scope.owner.domain}": no name server can be asked`);
  const route53 = route53For(look, scope);
  const account = { route53, zones: await listPublicZones(route53) };
  return Promise.all(
    desired.map(async (each): Promise<SeenDelegation> => {
      try {
        return { ...each, ...(await readDelegation(look, each, { dns, account, scope })) };
      } catch (error) {
        if (!(error instanceof DnsFailure)) throw error;
        return { ...each, kind: 'unseen', failure: error.message };
      }
    }),
  );
}

type Found = SeenDelegation extends infer Each ? (Each extends SeenDelegation ? Omit<Each, 'zone'> : never) : never;

async function readDelegation(
  look: Look,
  { zone: { name, nameServers, anothers } }: DesiredDelegation,
  { dns, account, scope }: { dns: Resolver; account: Account; scope: Scope },
): Promise<Found> {
  const { route53 } = account;
  const made = scope.record && madeOf(scope.record, 'delegation').find(({ id }) => id === name);
  const { parent: above, nameServers: delegatedTo } = await dns.referral(name);
  if (delegatedTo.some((server) => nameServers.includes(server)) && !made) return { kind: 'delegated' };
  if (anothers) return { kind: 'elsewhere', why: `the hosted zone "${name}" is not this tenant's` };
  const parent = await servingZone(dns, above, account);
  if (!parent)
    return readAtRegistrar(look, { name, above, hasDs: await dns.hasDs(name), scope, ...(made && { made }) });
  // A tenant that has its own name answered below another's zone would have proven the name by it (failures S2).
  if (await readIsAnothers(route53, parent, siteOf(scope).tenant))
    return { kind: 'elsewhere', why: `the hosted zone "${above}" is not this tenant's` };
  const [hasDs, below] = await Promise.all([dns.hasDs(name), listRecordsBelow(route53, { zoneId: parent.id, name })]);
  const sets = below.filter((set) => set.name === name);
  return { kind: 'here', parent: { id: parent.id, name: above }, hasDs, sets, ...(made && { made }) };
}

/** The domain at its registrar, where that is Route 53 in the account that keeps the records. */
async function readAtRegistrar(
  { clients, environment }: Look,
  { name, above, hasDs, made, scope }: { name: string; above: string; hasDs: boolean; made?: Made; scope: Scope },
): Promise<Found> {
  const why = `"${above || '.'}", the zone above, is no hosted zone of this account that the world is sent to`;
  const domains = domainsOf({ site: siteOf(scope), who: environment, clients });
  const domain = await readRegisteredDomain(domains, name);
  if (!domain) return { kind: 'elsewhere', why: `${why}, nor is "${name}" registered with Route 53 in it` };
  // A registration belongs to the account: a tenant's claim of the name proves nothing (failures S2).
  if (siteOf(scope).tenant !== undefined)
    return { kind: 'elsewhere', why: `"${name}" is registered for the account, and not for a tenant` };
  const operation = made?.operationId === undefined ? undefined : await readDomainOperation(domains, made.operationId);
  return {
    kind: 'here',
    parent: { id: REGISTRAR, name: above },
    hasDs: hasDs || domain.signed,
    sets: domain.nameServers.length > 0 ? [registeredSet(name, domain.nameServers)] : [],
    ...(made && { made }),
    registered: { statuses: domain.statuses, ...(operation && { operation }) },
  };
}
