import type { SiteView } from './view.ts';

/** Steps that wait for what is done elsewhere: at a registrar, on a server. */
const ELSEWHERE: ReadonlySet<string> = new Set(['CheckDelegation', 'AwaitServer']);

/** Whether an operation goes on only once a person has done something elsewhere: entered a record, delegated a zone. */
export function waitsForPerson({ waiting, records = [], recordsToRemove = [] }: SiteView): boolean {
  if (waiting.length === 0) return false;
  const entersNext = records.some(({ seen }) => seen !== 'seen') || recordsToRemove.length > 0;
  return entersNext || waiting.some(({ step }) => ELSEWHERE.has(step));
}
