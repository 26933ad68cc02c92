import { InvalidChangeBatch } from '@aws-sdk/client-route-53';
import { lameServers } from '../../aws/dns/look-above.ts';
import { changeRecords } from '../../aws/records/change-records.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { created, replaced } from '../../domain/records/exchange.ts';
import { inWords, isSameSet, type RecordSet } from '../../domain/records/record-set.ts';
import { inWords as lameInWords } from '../../domain/zones/delegation.ts';
import { hasFailed, isRunning, whileRunning } from '../../domain/zones/registered-domain.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Applying, Doing } from '../resource.ts';
import { beginUpdate } from './begin-update.ts';
import { delegationSet, placeOf, type WritableDelegation } from './changes.ts';
import type { Delegations, DesiredDelegation } from './delegation.ts';

/** Writes the NS records of the site's zones into the zones above, once the name servers answer. */
export const writeDelegations: Applying<DesiredDelegation, Delegations> = {
  standing: (_, { seen }) => seen.flatMap((each) => (each.kind === 'here' && each.made ? [each.made] : [])),

  checkComplete({ seen }) {
    for (const each of seen) {
      const { name } = each.zone;
      if (each.kind === 'unseen')
        throw new Failure('NotReady', `Cannot see now how "${name}" is delegated: ${each.failure}`);
      const { operation } = (each.kind === 'here' && each.registered) || {};
      if (operation && isRunning(operation))
        throw new Failure(
          'NotReady',
          `Waiting until the registry of "${name}" has its new name servers: ${whileRunning(operation)}`,
        );
    }
  },

  async apply({ resource }, actual, doing) {
    const found = actual.seen.find((each) => each.zone.name === resource.name);
    if (found?.kind !== 'here') throw new Error(`Cannot delegate "${resource.name}": its parent was not read`);
    const next = await write(found, doing);
    const seen = actual.seen.map((each) => (each === found ? next : each));
    const message = `Delegated "${resource.name}" to its hosted zone ${placeOf(found)}`;
    return { actual: { ...actual, seen }, message };
  },

  outcome({ seen }) {
    const told = seen.flatMap((each) =>
      each.kind === 'elsewhere' ? [`Cannot delegate "${each.zone.name}" here: ${each.why}`] : [],
    );
    return told.length > 0 ? { message: told.join('. ') } : {};
  },
};

/** The ledger hears of it first: NS records that say the same could be a person's otherwise, once the answer is lost. */
async function write(found: WritableDelegation, doing: Doing): Promise<WritableDelegation> {
  const { zone, parent, sets, registered } = found;
  await checkAnswered(found, doing);
  const after = delegationSet(found);
  const before = sets.find(({ type }) => type === 'NS');
  const made: Made = {
    type: 'delegation',
    id: zone.name,
    ours: true,
    detail: inWords(after),
    written: { zoneId: parent.id, set: after },
    ...(before && { before: { zoneId: parent.id, set: before } }),
  };
  if (registered) return changeAtRegistrar(found, made, doing);
  await doing.keep(made);
  const refusal = await createRecords(found, { before, after }, doing);
  if (refusal) {
    await doing.takeBack(made);
    throw refusal;
  }
  return { ...found, sets: [...sets.filter((set) => set !== before), after], made };
}

/** Why Route 53 refuses the records, unless they are there. */
async function createRecords(
  { zone, parent }: WritableDelegation,
  { before, after }: { before: RecordSet | undefined; after: RecordSet },
  doing: Doing,
): Promise<Failure | undefined> {
  const route53 = route53For(doing, doing.scope);
  const change = before ? replaced(before, after) : created(after);
  const comment = `Nameplate: delegate ${zone.name}`;
  try {
    await changeRecords(route53, { zoneId: parent.id, changes: [change], comment });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidChangeBatch)) throw error;
    const below = await listRecordsBelow(route53, { zoneId: parent.id, name: zone.name });
    if (below.some((set) => isSameSet(set, after))) return undefined;
    const message = `Cannot delegate "${zone.name}": Route 53 refuses the batch in "${parent.name}" (${error.message}). Another tool changes these records, or they are protected from changes; look at them, then repeat the operation`;
    return new Failure('Conflict', message, { cause: error });
  }
}

/**
 * The registry takes minutes: the step ends once it has them. What failed there is begun again when the operation is resumed.
 *
 * @throws {Failure} "NotReady" while it has not, "Refused" with what the registry says
 */
async function changeAtRegistrar(
  { zone: { name, nameServers }, registered }: WritableDelegation,
  made: Made,
  doing: Doing,
): Promise<never> {
  const { operation } = registered ?? {};
  if (operation && hasFailed(operation)) {
    await doing.takeBack(made);
    const message = `Cannot delegate "${name}": its registry has refused the name servers ${nameServers.join(', ')}: ${operation.message} (operation ${operation.id} of Route 53 Domains). Mend what it says, or have AWS Support do so, then resume the site or declare it again; or declare it without "delegate"`;
    throw new Failure('Refused', message);
  }
  await doing.keep(made);
  await beginUpdate(doing, { name, nameServers }, (operationId) => doing.keep({ ...made, operationId }));
  throw new Failure('NotReady', `Waiting until the registry of "${name}" has its new name servers`);
}

/** A resolver that is sent to a server which does not know the zone yet remembers the failure. */
async function checkAnswered({ zone: { name, nameServers } }: WritableDelegation, { dns }: Doing): Promise<void> {
  if (!dns) throw new Error(`Cannot delegate "${name}": no name server can be asked`);
  const lame = await lameServers(dns, name, nameServers);
  if (lame.length === 0) return;
  const said = lame.map(lameInWords).join(', ');
  throw new Failure('NotReady', `Waiting until the name servers of "${name}" answer for it: ${said}`);
}
