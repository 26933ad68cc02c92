import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { Failure } from '../../domain/errors.ts';
import { type DelegationView, judgeDelegation } from '../../domain/zones/delegation.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { outputOf } from '../outputs.ts';
import { step } from '../step.ts';

/** Waits until the world is sent to the site's hosted zones; days are normal, and the message says what to enter where. */
export const checkDelegation = (newResolver: () => Resolver) =>
  step('CheckDelegation', async ({ record }) => {
    const { zones } = outputOf(record, 'FindZone');
    const dns = newResolver();
    const delegations = (await Promise.all(zones.map((zone) => look(dns, zone)))).map(judgeDelegation);
    const broken = delegations.find(({ verdict }) => verdict === 'broken-chain');
    if (broken) throw new Failure('Misconfigured', broken.message);
    const waiting = delegations.filter(({ verdict }) => verdict !== 'delegated' && verdict !== 'partial');
    if (waiting.length > 0) throw new Failure('NotReady', waiting.map(({ message }) => message).join('. '));
    return { output: {}, message: delegations.map(({ message }) => message).join('. ') };
  });

export const handler = checkDelegation(() => new Resolver());

async function look(dns: Resolver, { name: zone, nameServers }: SiteZone): Promise<DelegationView> {
  try {
    const referral = await dns.referral(zone);
    const hasDs = await dns.hasDs(zone);
    return {
      zone,
      nameServers,
      seen: { ...referral, hasDs },
      signed: hasDs && (await isSigned(dns, zone, nameServers)),
    };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { zone, nameServers, seen: { failure: error.message }, signed: false };
  }
}

/** Asked of the hosted zone's own name servers, whoever is delegated to. */
async function isSigned(dns: Resolver, zone: string, [server = '']: string[]): Promise<boolean> {
  const { answers } = await dns.ask(server, { name: zone, type: 'DNSKEY' });
  return answers.some(({ type }) => type === 'DNSKEY');
}
