import { writtenTo } from '../../domain/ledger/made-of.ts';
import { toAdopt } from '../../domain/records/adopt.ts';
import { inWords } from '../../domain/records/record-set.ts';
import type { Scope } from '../resource.ts';
import { recordOf } from '../scope.ts';
import type { ActualRecords } from './actual.ts';

/** What is found where nothing is in the way, for the timeline. */
export function checkedRecords({ zones }: ActualRecords, scope: Scope): string {
  const { owner } = scope;
  const adopted = zones.flatMap(({ id, names, view }) =>
    names.flatMap((name) => toAdopt(view, { name, owner, written: writtenTo(recordOf(scope), id) })),
  );
  return adopted.length > 0 ? `To be adopted: ${adopted.map(inWords).join('; ')}` : 'No foreign record is in the way';
}
