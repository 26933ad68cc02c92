import { InvalidChangeBatch } from '@aws-sdk/client-route-53';
import { lameServers } from '../../aws/dns/look-above.ts';
import { changeRecords } from '../../aws/records/change-records.ts';
import { listRecordsBelow } from '../../aws/records/list-records.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { created, replaced } from '../../domain/records/exchange.ts';
import { inWords, isSameSet } from '../../domain/records/record-set.ts';
import { inWords as lameInWords } from '../../domain/zones/delegation.ts';
import { route53For } from '../record/traffic-records.ts';
import type { Applying, Doing } from '../resource.ts';
import { delegationSet, type WritableDelegation } from './changes.ts';
import type { Delegations, DesiredDelegation } from './delegation.ts';

/** Writes the NS records of the site's zones into the zones above, once the name servers answer. */
export const writeDelegations: Applying<DesiredDelegation, Delegations> = {
  standing: (_, { seen }) => seen.flatMap((each) => (each.kind === 'here' && each.made ? [each.made] : [])),

  checkComplete({ seen }) {
    for (const { zone, ...each } of seen) {
      if (each.kind !== 'unseen') continue;
      throw new Failure('NotReady', `Cannot see now how "${zone.name}" is delegated: ${each.failure}`);
    }
  },

  async apply({ resource }, actual, doing) {
    const found = actual.seen.find((each) => each.zone.name === resource.name);
    if (found?.kind !== 'here') throw new Error(`Cannot delegate "${resource.name}": its parent was not read`);
    const next = await write(found, doing);
    const seen = actual.seen.map((each) => (each === found ? next : each));
    const message = `Delegated "${resource.name}" to its hosted zone, in the hosted zone "${found.parent.name}"`;
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
  const { zone, parent, sets } = found;
  await checkAnswered(found, doing);
  const after = delegationSet(zone);
  const before = sets.find(({ type }) => type === 'NS');
  const made: Made = {
    type: 'delegation',
    id: zone.name,
    ours: true,
    detail: inWords(after),
    written: { zoneId: parent.id, set: after },
    ...(before && { before: { zoneId: parent.id, set: before } }),
  };
  await doing.keep(made);
  const route53 = route53For(doing, doing.scope);
  const change = before ? replaced(before, after) : created(after);
  const comment = `Nameplate: delegate ${zone.name}`;
  try {
    await changeRecords(route53, { zoneId: parent.id, changes: [change], comment });
  } catch (error) {
    if (!(error instanceof InvalidChangeBatch)) throw error;
    const below = await listRecordsBelow(route53, { zoneId: parent.id, name: zone.name });
    if (!below.some((set) => isSameSet(set, after))) {
      await doing.takeBack(made);
      const message = `Cannot delegate "${zone.name}": Route 53 refuses the batch in "${parent.name}" (${error.message}). Another tool changes these records, or they are protected from changes; look at them, then repeat the operation`;
      throw new Failure('Conflict', message, { cause: error });
    }
  }
  return { ...found, sets: [...sets.filter((set) => set !== before), after], made };
}

/** A resolver that is sent to a server which does not know the zone yet remembers the failure. */
async function checkAnswered({ zone: { name, nameServers } }: WritableDelegation, { dns }: Doing): Promise<void> {
  if (!dns) throw new Error(`Cannot delegate "${name}": no name server can be asked`);
  const lame = await lameServers(dns, name, nameServers);
  if (lame.length === 0) return;
  const said = lame.map(lameInWords).join(', ');
  throw new Failure('NotReady', `Waiting until the name servers of "${name}" answer for it: ${said}`);
}
