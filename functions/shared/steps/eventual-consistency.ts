import { RoleRefused } from '../../../aws/accounts/assume-role.ts';
import { classify } from '../../../aws/classify.ts';
import { isNobodys } from '../../../domain/adoption.ts';
import { Failure } from '../../../domain/errors.ts';
import type { StepItem } from '../../../domain/ledger/step-item.ts';
import { waitedMs } from './waited.ts';

/**
 * How long EC2 and ELB may not show what was made, in ms: they are eventually consistent. Source: EC2 API, "Eventual
 * consistency" (seconds, in the rule); checked 2026-11-22.
 */
export const UNSEEN_MS = 30_000;

/**
 * How long IAM may judge by what a role was before it was changed, in ms. Source: IAM User Guide, "Changes that I make are not
 * always immediately visible"; Terraform's AWS provider waits as long; checked 2026-11-29.
 */
const ROLE_UNCHANGED_MS = 120_000;

/**
 * A denial in another account's role, as what it means: IAM may not apply yet what the role's owner changed before this
 * operation was requested.
 */
export function roleDenial(error: unknown, { startedAt, now }: { startedAt: string | undefined; now: Date }): unknown {
  const denial = error instanceof Failure ? error : classify(error);
  if (!(denial instanceof RoleRefused || (denial !== error && denial?.name === 'Refused'))) return error;
  if (startedAt === undefined || now.getTime() - Date.parse(startedAt) >= ROLE_UNCHANGED_MS) return denial;
  const message = `Waiting up to two minutes for IAM to apply what was changed of the role in "dns.role": ${denial.message}`;
  return new Failure('NotReady', message, { cause: error });
}

/** How long the tags of what an earlier run of a step has made may be missing: that run may have begun some time before. */
const UNTAGGED_MS = 2 * UNSEEN_MS;

/**
 * Waits for the tags of a thing of our name that an earlier run of this step may have made: without them it looks like a
 * foreign one, to be refused or adopted.
 *
 * @throws {Failure} "NotReady" while AWS may not show them yet
 */
export function awaitTags(
  tags: Readonly<Record<string, string>>,
  { what, previous, ...at }: { what: string; previous: StepItem | undefined; revision: number; now: Date },
): void {
  if (!isNobodys(tags) || previous?.revision !== at.revision || waitedMs(previous, at) > UNTAGGED_MS) return;
  throw new Failure('NotReady', `Waiting until AWS shows the tags of ${what}`);
}
