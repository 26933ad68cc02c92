import { Resolver } from '../../aws/dns/resolver.ts';
import { Failure } from '../../domain/errors.ts';
import { isDelegated, judgeDelegation } from '../../domain/zones/delegation.ts';
import { lookAtDelegation } from '../look-at-delegation.ts';
import { outputOf } from '../outputs.ts';
import { ledgerStep } from '../step.ts';

/** Waits until the world is sent to the site's hosted zones; days are normal, and the message says what to enter where. */
export const checkDelegation = (newResolver: () => Resolver) =>
  ledgerStep('CheckDelegation', async ({ record }) => {
    const { zones } = outputOf(record, 'FindZone');
    const dns = newResolver();
    const delegations = (await Promise.all(zones.map((zone) => lookAtDelegation(dns, zone)))).map(judgeDelegation);
    const broken = delegations.find(({ verdict }) => verdict === 'broken-chain');
    if (broken) throw new Failure('Misconfigured', broken.message);
    const waiting = delegations.filter((delegation) => !isDelegated(delegation));
    if (waiting.length > 0) throw new Failure('NotReady', waiting.map(({ message }) => message).join('. '));
    return { output: {}, message: delegations.map(({ message }) => message).join('. ') };
  });

export const handler = checkDelegation(() => new Resolver());
