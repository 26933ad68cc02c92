import { closestCaa } from '../../../aws/dns/closest-caa.ts';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import { authorizationProblem } from '../../../domain/zones/authorization.ts';
import { isDelegated, judgeDelegation } from '../../../domain/zones/delegation.ts';
import { readDelegation } from '../../../resources/gates/delegation/read-delegation.ts';
import type { StepContext } from '../steps/step.ts';

/**
 * What has come to stand in ACM's way since the site was checked: a zone that is no longer delegated, CAA records that forbid
 * ACM to issue. What cannot be asked now is left out: the next look asks again.
 */
export async function validationPreconditions(
  { site, record }: Pick<StepContext, 'site' | 'record'>,
  dns: Resolver,
): Promise<string[]> {
  const zones = isExternal(site) ? [] : (outputIfDone(record, 'FindZone')?.zones ?? []);
  const delegations = zones.map(async (zone) => {
    const delegation = judgeDelegation(await readDelegation(dns, zone));
    return isDelegated(delegation) || delegation.verdict === 'could-not-check' ? undefined : delegation.message;
  });
  const authorizations = servedNames(site).map(async (name) => {
    try {
      return authorizationProblem(name, await closestCaa(dns, name));
    } catch (error) {
      if (error instanceof DnsFailure) return undefined;
      throw error;
    }
  });
  const found = await Promise.all([...delegations, ...authorizations]);
  return [...new Set(found.filter((message) => message !== undefined))];
}
