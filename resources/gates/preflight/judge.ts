import { movedLater } from '../../../domain/distributions/moves.ts';
import { edgeOf } from '../../../domain/edges/edge.ts';
import { settling } from '../../../domain/gates/settling.ts';
import type { Closed, Failed, Verdict } from '../../../domain/gates/verdict.ts';
import type { EdgeRemoval } from '../../../domain/load-balancers/edge-removals.ts';
import { noAddressForAccess } from '../../../domain/load-balancers/subnet-checks.ts';
import { type ProbeResult, unseenInWords } from '../../../domain/probes/probe-result.ts';
import { toldInWords } from '../../../domain/probes/redirects.ts';
import { addressTypes, typeOf } from '../../../domain/sites/address-types.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { judgeBeforeProbe } from '../../edge-removals/judge.ts';
import type { GateScope } from '../../gate.ts';
import { recordOf, siteOf } from '../../scope.ts';

/** The addresses that the site's records are to lead to: all that DNS has of what serves it, or why it could not be asked. */
export type SeenAddresses = { dnsName: string; all: readonly string[] } | { failure: string };

/** What was seen of the edge, before any viewer is sent there. */
export interface PreflightSight {
  /** What of the edge another tool has removed: it is looked at before the edge is probed. */
  removals: readonly EdgeRemoval[];
  addresses?: SeenAddresses;
  /** What came of the probes, from which addresses, and what stops nothing and is to be known. */
  probed?: ProbeResult & { seen: readonly string[]; told: readonly string[] };
}

/** Every address under every name: a certificate that is trusted, covers the name and lasts, an answer, the redirect (invariant 5). */
export function judgePreflight(
  { removals, addresses, probed }: PreflightSight,
  scope: GateScope,
): Verdict<Record<string, never>> {
  const site = siteOf(scope);
  const removed = judgeBeforeProbe(removals, scope);
  if (removed.first) return removed.first;
  const none = addresses && judgeAddresses(addresses, site);
  if (none) return none;
  const { findings = [], unseen = [], seen = [], told = [] } = probed ?? {};
  const wrong = settling([...removed.findings, ...findings]);
  if (wrong) return wrong;
  const label = `T${edgeOf(site).label(site).slice(1)}`;
  const later = movedLater(recordOf(scope));
  const names = servedNames(site).filter((name) => !later.includes(name));
  const message =
    seen.length === 0 || names.length === 0
      ? `${label} could not be looked at`
      : `${label} answers at ${seen.join(', ')} for ${quoted(names)}`;
  const moves = later.length === 0 ? '' : `; ${quoted(later)} is served by another distribution until it is moved`;
  return { state: 'open', output: {}, message: message + unseenInWords(unseen) + toldInWords(told) + moves };
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Why nothing can be probed; undefined where something can. */
export function judgeAddresses(addresses: SeenAddresses, site: Site): Closed | Failed | undefined {
  const label = edgeOf(site).label(site);
  if ('failure' in addresses)
    return { state: 'closed', message: `Cannot ask for the address of ${label} now: ${addresses.failure}` };
  const { dnsName, all } = addresses;
  if (ledTo(addresses, site).length > 0) return undefined;
  if (all.length > 0) return { state: 'failed', name: 'Misconfigured', message: noAddressForAccess(site.access) };
  return { state: 'closed', message: `Waiting until DNS answers for ${label} "${dnsName}"` };
}

/** Those of the addresses that the site's records will lead to. */
export function ledTo(addresses: SeenAddresses, { access }: Site): string[] {
  if ('failure' in addresses) return [];
  return addresses.all.filter((address) => addressTypes({ access }).includes(typeOf(address)));
}
