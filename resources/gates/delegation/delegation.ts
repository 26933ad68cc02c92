import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { isCode } from '../../../aws/error-code.ts';
import { readZone } from '../../../aws/zones/read-zone.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { issuedNames } from '../../../domain/certificates/place.ts';
import { outputOf } from '../../../domain/ledger/outputs.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';
import type { Gate, GateLook, GateScope } from '../../gate.ts';
import { isChallenged } from '../../manual-record/manual-records.ts';
import { readChallenges } from '../../ownership/read-challenges.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { readCaa } from '../authorization/read-caa.ts';
import { type DelegationSight, judgeNames, judgeZones } from './judge.ts';
import { readDelegation } from './read-delegation.ts';
import { readElsewhere } from './read-elsewhere.ts';

type Ask = { dns: Resolver };

/**
 * Opens when the names are known to be the claimant's: their zones are delegated to the hosted zones of this account, or a
 * record stands where only the owner can enter it.
 */
export const delegation: Gate<'CheckDelegation', DelegationSight, Ask> = {
  name: 'CheckDelegation',
  inDnsAccount: true,
  look: (ask, scope) => (isExternal(siteOf(scope)) ? lookElsewhere(ask, scope) : lookInRoute53(ask, scope)),
  judge: judgeNames,
};

async function lookInRoute53(
  { clients, environment, dns }: GateLook & Ask,
  scope: GateScope,
): Promise<DelegationSight> {
  const site = siteOf(scope);
  const record = recordOf(scope);
  const { zones } = outputOf(record, 'FindZone');
  // Made or found a moment ago on the first look.
  const gone = scope.again ? await goneZones(route53Of(site, environment, clients), zones) : [];
  if (gone.length > 0) return { gone, zones: [] };
  const sight = { zones: await Promise.all(zones.map((zone) => readDelegation(dns, zone))) };
  if (judgeZones(sight).state !== 'open' || !isChallenged(record)) return sight;
  return { ...sight, challenges: await readChallenges(dns, site, environment) };
}

/** What forbids ACM to issue would be met only after the person has entered the records: it is looked at here, too. */
async function lookElsewhere({ environment, dns }: GateLook & Ask, scope: GateScope): Promise<DelegationSight> {
  const site = siteOf(scope);
  const names = namesOf(site).map(({ name }) => name);
  const delegated = { elsewhere: await readElsewhere(dns, names) };
  if (judgeZones(delegated).state !== 'open') return delegated;
  const sight = { ...delegated, caa: await readCaa(dns, issuedNames(site)) };
  if (judgeZones(sight).state !== 'open') return sight;
  return { ...sight, challenges: await readChallenges(dns, site, environment) };
}

/** Those that are no more: an account that is given a zone on those name servers would have the name. */
async function goneZones(route53: Route53Client, zones: readonly SiteZone[]): Promise<SiteZone[]> {
  const found = await Promise.all(
    zones.map(({ id }) =>
      readZone(route53, id).catch((error: unknown) => {
        if (isCode(error, 'NoSuchHostedZone')) return undefined;
        throw error;
      }),
    ),
  );
  return zones.filter((_, place) => !found[place]);
}
