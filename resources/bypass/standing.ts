import type { Made } from '../../domain/ledger/made.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { type DesiredBypass, type SeenBypass, type SeenBypasses, TYPE } from './changes.ts';

export function standingBypasses(_: readonly DesiredBypass[], { found }: SeenBypasses, { owner }: Scope): Made[] {
  return found && (found.tags === undefined || isOwnedBy(owner, found.tags)) ? [madeBypass(found)] : [];
}

export function madeBypass({ arn, version }: Pick<SeenBypass, 'arn' | 'version'>): Made {
  return { type: TYPE, id: arn, ours: true, ...(version !== undefined && { version }) };
}
