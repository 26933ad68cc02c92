import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { Failure } from '../../domain/errors.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import { authorizationProblem, type CaaSet } from '../../domain/zones/authorization.ts';
import { ledgerStep } from '../shared/steps/step.ts';
import { closestCaa } from '../shared/zones/closest-caa.ts';

/** Checks that no CAA record forbids ACM to issue: a refused request can't be mended (failures A5). */
export const checkAuthorization = (newResolver: () => Resolver) =>
  ledgerStep('CheckAuthorization', async ({ site }) => {
    if (site.edge === 'direct') return { output: {}, message: 'No certificate is wanted: CAA has no say' };
    const dns = newResolver();
    const names = servedNames(site);
    const problems = await Promise.all(names.map(async (name) => authorizationProblem(name, await closest(dns, name))));
    const found = problems.filter((problem) => problem !== undefined);
    if (found.length > 0) throw new Failure('Misconfigured', [...new Set(found)].join('. '));
    return { output: {}, message: `CAA lets ACM issue for ${names.map((name) => `"${name}"`).join(', ')}` };
  });

export const handler = checkAuthorization(() => new Resolver());

async function closest(dns: Resolver, name: string): Promise<CaaSet | undefined> {
  try {
    return await closestCaa(dns, name);
  } catch (error) {
    if (error instanceof DnsFailure)
      throw new Failure('NotReady', `Cannot check CAA for "${name}" now: ${error.message}`);
    throw error;
  }
}
