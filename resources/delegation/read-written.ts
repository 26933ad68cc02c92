import { domainsOf, readDomainOperation, readRegisteredDomain } from '../../aws/domains/registered-domain.ts';
import { isCode } from '../../aws/error-code.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { isSameSet, type RecordSet } from '../../domain/records/record-set.ts';
import { type DomainOperation, isRunning } from '../../domain/zones/registered-domain.ts';
import { readLeavingZones } from '../hosted-zone/read-released.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Look, Scope } from '../resource.ts';
import { recordOf, siteOf } from '../scope.ts';
import { REGISTRAR, registeredSet, type WrittenDelegation } from './changes.ts';
import type { Delegations } from './delegation.ts';

/** The delegations that were written for the site and stand, with the hosted zones that they lead to. */
export async function readWritten(look: Look, scope: Scope): Promise<Pick<Delegations, 'written' | 'zones'>> {
  const made = madeOf(recordOf(scope), 'delegation').flatMap((each) => (isWritten(each) ? [each] : []));
  if (made.length === 0) return { written: [], zones: [] };
  const written: WrittenDelegation[] = [];
  for (const each of made) {
    const standing = await readStanding(look, scope, each);
    const operation = await readRunning(look, scope, each);
    if (standing && (operation || !isPutBack(standing, each)))
      written.push({ made: each, standing, ...(operation && { operation }) });
  }
  const names = made.map(({ id }) => id);
  return { written, zones: await readLeavingZones(look, scope, names) };
}

const isWritten = (made: Made): made is WrittenDelegation['made'] => made.written !== undefined;

const isPutBack = (standing: RecordSet, { before }: Made): boolean =>
  before !== undefined && 'set' in before && isSameSet(standing, before.set);

/** The change of the name servers while the registry is at it: it can still end after the zone is gone (failures R16). */
async function readRunning(look: Look, scope: Scope, { operationId }: Made): Promise<DomainOperation | undefined> {
  if (operationId === undefined) return undefined;
  const domains = domainsOf({ site: siteOf(scope), who: look.environment, clients: look.clients });
  const operation = await readDomainOperation(domains, operationId);
  return operation && isRunning(operation) ? operation : undefined;
}

/** Gone with the zone above, or by itself. */
async function readStanding(
  look: Look,
  scope: Scope,
  { id, written: { zoneId } }: WrittenDelegation['made'],
): Promise<RecordSet | undefined> {
  if (zoneId === REGISTRAR) {
    const domains = domainsOf({ site: siteOf(scope), who: look.environment, clients: look.clients });
    const domain = await readRegisteredDomain(domains, id);
    return domain && registeredSet(id, domain.nameServers);
  }
  try {
    const sets = await listRecordsBelow(route53For(look, scope), { zoneId, name: id });
    return sets.find(({ name, type }) => name === id && type === 'NS');
  } catch (error) {
    if (!isCode(error, 'NoSuchHostedZone')) throw error;
    return undefined;
  }
}
