import { distributionReference } from '../../domain/distributions/identity.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { Doing } from '../resource.ts';
import { TYPE } from './changes.ts';

/**
 * How long CloudFront may not list a distribution that it has created, in ms. AWS gives no figure: Terraform's provider waits a
 * minute for one that it has created; checked 2026-11-29.
 */
const UNLISTED_MS = 60_000;

/** The references of this operation that CloudFront has refused as used before, as the ledger keeps them until the step is done. */
export function takenReferences({
  scope: { owner },
  previous,
  revision,
}: Pick<Doing, 'scope' | 'previous' | 'revision'>): Made[] {
  const made = previous?.revision === revision ? previous.made : [];
  const taken: Made[] = [];
  for (;;) {
    const id = distributionReference(owner, { revision, attempt: taken.length + 1 });
    const found = made.find((each) => each.type === TYPE && each.id === id);
    if (!found) return taken;
    taken.push(found);
  }
}

/**
 * The reference to create a distribution with. One that was used before may be of a distribution that is not listed yet: another
 * one is used only once that would be listed, so that no second distribution is created after a lost answer.
 *
 * @throws {Failure} "NotReady" until then
 */
export function nextReference(doing: Pick<Doing, 'scope' | 'previous' | 'revision'>): string {
  const { scope, revision } = doing;
  const taken = takenReferences(doing);
  const since = scope.now.getTime() - Date.parse(taken.at(-1)?.madeAt ?? new Date(0).toISOString());
  if (since < UNLISTED_MS) throw notListed();
  return distributionReference(scope.owner, { revision, attempt: taken.length + 1 });
}

export function takenReference(id: string, now: Date): Made {
  return { type: TYPE, id, ours: false, madeAt: now.toISOString(), detail: 'a caller reference that was used before' };
}

export function notListed(): Failure {
  return new Failure(
    'NotReady',
    'Waiting until CloudFront would list a distribution that was created before the answer was lost',
  );
}
