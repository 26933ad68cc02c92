import type { CaaAnswer } from 'dns-packet';
import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { Failure } from '../../domain/errors.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import { authorizationProblem, type CaaProperty, type CaaSet, climb } from '../../domain/zones/authorization.ts';
import { step } from '../step.ts';

/** Checks that no CAA record forbids ACM to issue: a refused request can't be mended (failures A5). */
export const checkAuthorization = (newResolver: () => Resolver) =>
  step('CheckAuthorization', async ({ site }) => {
    if (site.edge === 'direct') return { output: {}, message: 'No certificate is wanted: CAA has no say' };
    const dns = newResolver();
    const names = servedNames(site);
    const problems = await Promise.all(
      names.map(async (name) => authorizationProblem(name, await closestCaa(dns, name))),
    );
    const found = problems.filter((problem) => problem !== undefined);
    if (found.length > 0) throw new Failure('Misconfigured', [...new Set(found)].join('. '));
    return { output: {}, message: `CAA lets ACM issue for ${names.map((name) => `"${name}"`).join(', ')}` };
  });

export const handler = checkAuthorization(() => new Resolver());

/** The CAA records of the closest name that has any, CNAMEs followed. RFC 8659, section 3. */
async function closestCaa(dns: Resolver, name: string): Promise<CaaSet | undefined> {
  try {
    for (const at of climb(name)) {
      const records = await dns.resolve(at, 'CAA');
      if (records.length > 0) return { at, properties: records.map((record) => property(record as CaaAnswer)) };
    }
    return undefined;
  } catch (error) {
    if (error instanceof DnsFailure)
      throw new Failure('NotReady', `Cannot check CAA for "${name}" now: ${error.message}`);
    throw error;
  }
}

/** Source: RFC 8659, section 4.1: bit 0, the highest, is "issuer critical". */
const CRITICAL = 128;

function property({ data: { flags = 0, tag, value } }: CaaAnswer): CaaProperty {
  return { critical: (flags & CRITICAL) !== 0, tag: tag.toLowerCase(), value };
}
