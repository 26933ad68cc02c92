import { Failure } from '../../domain/errors.ts';
import type { Doing } from '../resource.ts';
import { recordOf } from '../scope.ts';
import { judgeOwnership } from './judge.ts';
import { readChallenges } from './read-challenges.ts';
import { rememberProofs } from './remember-proofs.ts';

/**
 * Lets a step that changes something go on once the names are proven: with another provider, or in another account, a person enters
 * the challenges.
 *
 * @throws {Failure} "Awaited" while a name has yet to be proven; "Unproven" when one was and no longer is
 */
export async function proveOwnership(
  { dns, scope, ledger, environment }: Doing,
  { beginning }: { beginning: boolean },
): Promise<void> {
  const { domain } = scope.owner;
  if (!dns) throw new Error(`Cannot prove the names of "${domain}": no name server can be asked`);
  const { item } = recordOf(scope);
  const seen = await readChallenges(dns, item.site, environment);
  const { proofs, verdict } = judgeOwnership(seen, { domain, proven: item.proven ?? {}, now: scope.now, beginning });
  await rememberProofs({ item, ledger }, proofs);
  if (verdict.state === 'failed') throw new Failure(verdict.name, verdict.message);
  if (verdict.state !== 'open') throw new Failure('Awaited', verdict.message);
}
