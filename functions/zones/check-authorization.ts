import { Resolver } from '../../aws/dns/resolver.ts';
import { Failure } from '../../domain/errors.ts';
import { ledgerStep } from '../shared/steps/step.ts';
import { readAuthorization } from '../shared/zones/read-authorization.ts';

/** Checks that no CAA record forbids ACM to issue: a refused request can't be mended (failures A5). */
export const checkAuthorization = (newResolver: () => Resolver) =>
  ledgerStep('CheckAuthorization', async ({ site }) => {
    const { names, forbidden, unknown } = await readAuthorization(newResolver(), site);
    if (names.length === 0) return { output: {}, message: 'Skipped the check of CAA: no certificate is requested' };
    if (unknown.length > 0) throw new Failure('NotReady', unknown.join('. '));
    if (forbidden.length > 0) throw new Failure('Misconfigured', forbidden.join('. '));
    return { output: {}, message: `CAA lets ACM issue for ${names.map((name) => `"${name}"`).join(', ')}` };
  });

export const handler = checkAuthorization(() => new Resolver());
