import type { Made } from '../../domain/ledger/made.ts';
import type { Scope } from '../resource.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { TYPE } from './names.ts';
import { unwantedListeners, usedListeners } from './releases.ts';

/** The listeners that the document uses, and those that are retained. */
export function standingListeners(
  desired: readonly DesiredListeners[],
  { secure, own = [] }: SeenListeners,
  scope: Scope,
): Made[] {
  const unwanted = unwantedListeners(desired, own, scope).map(({ listener }) => listener);
  return [
    ...(secure?.listener ? [secureMade(secure.listener.arn)] : []),
    ...[...usedListeners(desired, own, scope), ...unwanted].map(
      ({ arn: id }): Made => ({ type: TYPE, id, ours: true }),
    ),
  ];
}

export function secureMade(id: string): Made {
  return { type: TYPE, id, ours: true, detail: 'HTTPS 443' };
}
