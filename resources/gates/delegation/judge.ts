import type { SeenEntry } from '../../../domain/entries/entry.ts';
import { type Proofs, provenByDelegation } from '../../../domain/entries/proof.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { madeOf } from '../../../domain/ledger/made-of.ts';
import { type DelegatingZone, outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import { untilForgotten } from '../../../domain/records/remembered.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import {
  type Delegation,
  type DelegationView,
  isDelegated,
  judgeDelegation,
  judgeWrittenDelegation,
  zoneGone,
} from '../../../domain/zones/delegation.ts';
import { type ElsewhereView, judgeDelegationElsewhere } from '../../../domain/zones/delegation-elsewhere.ts';
import type { SiteZone } from '../../../domain/zones/site-zone.ts';
import type { GateScope } from '../../gate.ts';
import { judgeOwnership, type OwnershipVerdict } from '../../ownership/judge.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { forbiddenIn } from '../authorization/judge.ts';

type Nothing = Record<string, never>;

/** What was seen of the zones of a site, as far as it was looked: what is not delegated is not looked at further. */
export interface DelegationSight {
  /** Hosted zones that no longer exist. */
  gone?: readonly SiteZone[];
  /** The site's hosted zones, from above. */
  zones?: readonly DelegationView[];
  /** Those that another provider keeps. */
  elsewhere?: readonly ElsewhereView[];
  /** Of the names that get a certificate, where a person enters records for it. */
  caa?: readonly SeenCaa[];
  /** The site's challenges, where its names are proven by them. */
  challenges?: readonly SeenEntry[];
}

/** Days of waiting are normal, and the message says what to enter where. */
export function judgeNames(sight: DelegationSight, scope: GateScope): Verdict<Nothing> {
  const { delegating = [] } = outputIfDone(recordOf(scope), 'FindZone') ?? {};
  const written = madeOf(recordOf(scope), 'delegation').map(({ id }) => id);
  const before = delegating.filter(({ zone }) => !written.includes(zone)).flatMap(whileUndelegated);
  const zones = judgeZones(sight, { before, written });
  if (zones.state !== 'open') return zones;
  const ownership = ownershipIn(sight, scope);
  if (ownership && ownership.verdict.state !== 'open') return ownership.verdict;
  const after = delegating.flatMap((zone) => onceDelegated(zone, scope.now));
  const parts = [zones.message, ...after, ...(ownership ? [ownership.verdict.message] : [])];
  return { state: 'open', output: {}, message: parts.join('. ') };
}

/**
 * The same of the zones alone. `before`: what a person should know before they enter name servers. `written`: zones whose delegation the
 * site has written.
 */
export function judgeZones(
  { gone = [], zones = [], elsewhere = [], caa = [] }: DelegationSight,
  { before = [], written = [] }: { before?: readonly string[]; written?: readonly string[] } = {},
): Verdict<Nothing> {
  if (gone.length > 0) {
    const message = gone.map(zoneGone).join('. ');
    return { state: 'ailing', message, failure: message };
  }
  const delegations: Delegation[] = [
    ...zones.map((view) => (written.includes(view.zone) ? judgeWrittenDelegation(view) : judgeDelegation(view))),
    ...elsewhere.map(judgeDelegationElsewhere),
  ];
  const broken = delegations.find(({ verdict }) => verdict === 'broken-chain');
  if (broken) return { state: 'failed', name: 'Misconfigured', message: broken.message };
  const waiting = delegations.filter((delegation) => !isDelegated(delegation)).map(({ message }) => message);
  if (waiting.length > 0) return { state: 'closed', message: [...waiting, ...before].join('. ') };
  const forbidden = forbiddenIn(caa);
  if (forbidden.length > 0) return { state: 'failed', name: 'Misconfigured', message: forbidden.join('. ') };
  return { state: 'open', output: {}, message: delegations.map(({ message }) => message).join('. ') };
}

/** What counts as proven by what was seen; undefined while the zones are not delegated. */
export function provenIn(sight: DelegationSight, scope: GateScope): Proofs | undefined {
  if (judgeZones(sight).state !== 'open') return undefined;
  const ownership = ownershipIn(sight, scope);
  if (ownership) return ownership.proofs;
  const names = namesOf(siteOf(scope)).map(({ name }) => name);
  return provenByDelegation(recordOf(scope).item.proven ?? {}, names, scope.now);
}

function ownershipIn({ challenges }: DelegationSight, scope: GateScope): OwnershipVerdict | undefined {
  const { domain, proven = {} } = recordOf(scope).item;
  return challenges && judgeOwnership(challenges, { domain, proven, now: scope.now, beginning: true });
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
