import { RoleRefused } from '../../../aws/accounts/assume-role.ts';
import { classify } from '../../../aws/classify.ts';
import { Failure } from '../../../domain/errors.ts';
import { roleOf } from '../../../domain/sites/dns.ts';
import type { StepContext } from './step.ts';

/**
 * How long IAM may judge by what a role was before it was changed, in ms. Source: IAM User Guide, "Changes that I make are not
 * always immediately visible"; Terraform's AWS provider waits as long; checked 2026-11-29.
 */
const ROLE_UNCHANGED_MS = 120_000;

/**
 * A denial in another account's role, as what it means: IAM may not apply yet what the role's owner changed before this
 * operation was requested.
 */
function roleDenial(error: unknown, { startedAt, now }: { startedAt: string | undefined; now: Date }): unknown {
  const denial = error instanceof Failure ? error : classify(error);
  if (!(denial instanceof RoleRefused || (denial !== error && denial?.name === 'Refused'))) return error;
  if (startedAt === undefined || now.getTime() - Date.parse(startedAt) >= ROLE_UNCHANGED_MS) return denial;
  const message = `Waiting up to two minutes for IAM to apply what was changed of the role in "dns.role": ${denial.message}`;
  return new Failure('NotReady', message, { cause: error });
}

/** Explains a denial in the account of the site's zones by the role that the site names. */
export async function inDnsAccount<Result>(
  { inDnsAccount: isThere = false }: { inDnsAccount?: boolean },
  { site, item, now }: Pick<StepContext, 'site' | 'item' | 'now'>,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!isThere || !roleOf(site)) return run();
  try {
    return await run();
  } catch (error) {
    throw roleDenial(error, { startedAt: item.operation?.startedAt, now });
  }
}
