import { NoSuchHostedZone, type Route53Client } from '@aws-sdk/client-route-53';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readZone } from '../../aws/zones/read-zone.ts';
import { certifiedNames } from '../../domain/edges/edge.ts';
import { challenges } from '../../domain/entries/challenge.ts';
import { provenByDelegation } from '../../domain/entries/proof.ts';
import { Failure } from '../../domain/errors.ts';
import { type DelegatingZone, outputOf } from '../../domain/ledger/outputs.ts';
import { untilForgotten } from '../../domain/records/remembered.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import { isDelegated, judgeDelegation, zoneGone } from '../../domain/zones/delegation.ts';
import { judgeDelegationElsewhere } from '../../domain/zones/delegation-elsewhere.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { forbiddenIn } from '../../resources/gates/authorization/judge.ts';
import { readCaa } from '../../resources/gates/authorization/read-caa.ts';
import { entryMade } from '../../resources/manual-record/entered.ts';
import { claimantOf, isChallenged } from '../../resources/manual-record/manual-records.ts';
import { awaitOwnership, rememberProofs } from '../../resources/ownership/await-ownership.ts';
import { dnsLedgerStep } from '../shared/steps/dns-step.ts';
import { waitWhileItMaySettle } from '../shared/steps/settle.ts';
import { isSlowLook } from '../shared/steps/slow-look.ts';
import { readDelegation } from '../shared/zones/read-delegation.ts';
import { readElsewhere } from '../shared/zones/read-elsewhere.ts';

const AT_FIRST = { name: 'NotReady', beginning: true } as const;

/**
 * Waits until the names are known to be the claimant's: the world is sent to the hosted zones of this account, or a record
 * stands where only the owner can enter it. Days are normal, and the message says what to enter where.
 */
export const checkDelegation = (newResolver: () => Resolver) =>
  dnsLedgerStep('CheckDelegation', {
    inRoute53: async (context) => {
      const { site, item, record, now } = context;
      const { zones, delegating: waitedFor = [] } = outputOf(record, 'FindZone');
      const gone = isSlowLook(context) ? await goneZones(context.route53, zones) : [];
      if (gone.length > 0) {
        const message = gone.map(zoneGone).join('. ');
        waitWhileItMaySettle(message, { previous: context.previous, revision: item.revision, now });
        throw new Failure('Misconfigured', message);
      }
      const dns = newResolver();
      const delegations = (await Promise.all(zones.map((zone) => readDelegation(dns, zone)))).map(judgeDelegation);
      const broken = delegations.find(({ verdict }) => verdict === 'broken-chain');
      if (broken) throw new Failure('Misconfigured', broken.message);
      const waiting = delegations.filter((delegation) => !isDelegated(delegation));
      if (waiting.length > 0) {
        const before = waitedFor.flatMap(whileUndelegated);
        throw new Failure('NotReady', [...waiting.map(({ message }) => message), ...before].join('. '));
      }
      const proof = isChallenged(record) ? [await awaitOwnership(dns, context, AT_FIRST)] : [];
      if (proof.length === 0) {
        const names = namesOf(site).map(({ name }) => name);
        await rememberProofs(context, provenByDelegation(item.proven ?? {}, names, now));
      }
      const after = waitedFor.flatMap((zone) => onceDelegated(zone, now));
      return { output: {}, message: [...delegations.map(({ message }) => message), ...after, ...proof].join('. ') };
    },
    elsewhere: async (context) => {
      const { site, environment, keep } = context;
      // Before it is seen: an undo of a site that never got any further tells what was asked for, too.
      await keep(...challenges(site, claimantOf(environment, site)).map((entry) => entryMade(entry)));
      const dns = newResolver();
      const answering = await delegationsElsewhere(dns, site);
      return { output: {}, message: [...answering, await awaitOwnership(dns, context, AT_FIRST)].join('. ') };
    },
  });

/** Those that are no more: an account that is given a zone on those name servers would have the name. */
async function goneZones(route53: Route53Client, zones: readonly SiteZone[]): Promise<SiteZone[]> {
  const stands = await Promise.all(
    zones.map(({ id }) =>
      readZone(route53, id).catch((error: unknown) => {
        if (error instanceof NoSuchHostedZone) return undefined;
        throw error;
      }),
    ),
  );
  return zones.filter((_, place) => !stands[place]);
}

/** What a person should know before they enter the name servers. */
function whileUndelegated({ silenced, elsewhere }: DelegatingZone): string[] {
  const first = `Before that, copy into the hosted zone what must not fall silent: ${silenced.join(', ')}`;
  return [...(silenced.length > 0 ? [first] : []), ...(elsewhere === undefined ? [] : [elsewhere])];
}

/** How long viewers may be answered as before. */
function onceDelegated({ zone, rememberedSeconds }: DelegatingZone, now: Date): string[] {
  if (rememberedSeconds === 0) return [];
  return [`Resolvers may answer for "${zone}" as before the delegation ${untilForgotten(rememberedSeconds, now)}`];
}

export const handler = checkDelegation(() => new Resolver());

/**
 * Sees to it that resolvers get answers from the zones that another provider keeps, and that ACM may issue by them: what
 * forbids it would be met only after the person has entered the records.
 *
 * @returns how each zone is delegated
 */
async function delegationsElsewhere(dns: Resolver, site: Site): Promise<string[]> {
  const names = namesOf(site).map(({ name }) => name);
  const delegations = (await readElsewhere(dns, names)).map(judgeDelegationElsewhere);
  const broken = delegations.find(({ verdict }) => verdict === 'broken-chain');
  if (broken) throw new Failure('Misconfigured', broken.message);
  const waiting = delegations.filter((delegation) => !isDelegated(delegation));
  if (waiting.length > 0) throw new Failure('NotReady', waiting.map(({ message }) => message).join('. '));
  const forbidden = forbiddenIn(await readCaa(dns, certifiedNames(site)));
  if (forbidden.length > 0) throw new Failure('Misconfigured', forbidden.join('. '));
  return delegations.map(({ message }) => message);
}
