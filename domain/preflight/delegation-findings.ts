import { type Change, isActive } from '../changes/change.ts';
import { listed } from '../listed.ts';
import { type Delegation, type DelegationView, inWords, judgeDelegation, unreached } from '../zones/delegation.ts';
import { type ElsewhereView, judgeDelegationElsewhere } from '../zones/delegation-elsewhere.ts';
import { managedAt } from '../zones/managed-at.ts';
import type { AmbiguousZone } from '../zones/seen-zone.ts';
import type { PreflightFinding, Severity } from './finding.ts';

/** What each verdict is called, and how much it matters: the workflow waits for a delegation, and stops at a broken chain. */
const CHECKS: Record<Delegation['verdict'], [Severity, string]> = {
  delegated: ['info', 'zoneDelegated'],
  partial: ['warning', 'zonePartlyDelegated'],
  'partly-lame': ['warning', 'nameServersPartlyLame'],
  lame: ['warning', 'nameServersLame'],
  missing: ['warning', 'zoneNotDelegated'],
  wrong: ['warning', 'zoneDelegatedElsewhere'],
  unreached: ['warning', 'zoneAboveLame'],
  'could-not-check': ['warning', 'delegationNotChecked'],
  'broken-chain': ['error', 'unsignedZoneHasDs'],
};

/** Those at which a step waits until a person has delegated the zone. */
const AWAITED = [
  'newZoneHasDs',
  'zoneNotDelegated',
  'zoneDelegatedElsewhere',
  'zoneDelegatedToNobody',
  'nameServersLame',
  'zoneAboveLame',
];

/** Whether the site waits for the delegation of the zone that the finding is about. */
export function isDelegationAwaited({ check }: PreflightFinding): boolean {
  return AWAITED.includes(check);
}

/** The same for a document that says "delegate": what the site writes itself it does not wait for, and what keeps it from that is told as a conflict. */
export function delegateFinding(
  finding: PreflightFinding,
  { zone, changes }: { zone: string; changes: readonly Change[] },
): PreflightFinding | undefined {
  if (!isDelegationAwaited(finding) || finding.check === CHECKS.unreached[1]) return finding;
  const change = changes.find(({ resource: { type, name } }) => type === 'delegation' && name === zone);
  if (!change) {
    const message = `Nameplate cannot delegate "${zone}": the account that keeps the records has neither the hosted zone above it nor its registration, so a person does. ${finding.message}`;
    return { ...finding, message };
  }
  if (change.verb === 'conflict') return undefined;
  if (!isActive(change)) return finding;
  if (finding.check !== 'zoneDelegatedElsewhere')
    return { severity: 'info', check: 'delegationWritten', message: change.message };
  const message = `${change.message}. What the present name servers answer for names that aren't this site's is gone then: keep them, or make the hosted zone with those records first`;
  return { severity: 'warning', check: 'delegationWritten', message };
}

/**
 * How a zone that stands is delegated. One that viewers are answered in the place of gets those answers before anybody is
 * given its name servers.
 */
export function delegationFinding(
  view: DelegationView,
  { copiesFirst = false }: { copiesFirst?: boolean } = {},
): PreflightFinding {
  const delegation = judgeDelegation(view);
  const { verdict } = delegation;
  if (!copiesFirst || !(verdict === 'missing' || verdict === 'wrong')) return findingOf(delegation);
  const later = `"${view.zone}" is not delegated to its hosted zone. The site shows the name servers to enter once it has copied what viewers are answered today`;
  return findingOf({ verdict, message: later });
}

/** How a zone is delegated that another provider keeps. */
export function elsewhereFinding(view: ElsewhereView): PreflightFinding {
  return findingOf(judgeDelegationElsewhere(view));
}

function findingOf({ verdict, message }: Delegation): PreflightFinding {
  const [severity, check] = CHECKS[verdict];
  return { severity, check, message };
}

/** How a zone that is yet to be made will be delegated: its name servers are known once it is made. */
export function newZoneFinding({
  zone,
  seen,
  lame = [],
}: Pick<DelegationView, 'zone' | 'seen' | 'lame'>): PreflightFinding {
  if ('failure' in seen) return findingOf(unreached(zone, seen));
  const where = managedAt(seen.parent);
  if (seen.hasDs) {
    const message = `"${seen.parent}" has a DS record for "${zone}", and a new hosted zone isn't signed: validating resolvers would refuse every answer. Remove the DS record ${where} and wait until its TTL is over. Once the hosted zone is made, the site waits and shows its name servers: enter them only then`;
    return { severity: 'warning', check: 'newZoneHasDs', message };
  }
  const then = `Once the hosted zone is made, the site waits and shows its name servers: enter them ${where}`;
  if (seen.nameServers.length === 0) {
    const message = `"${zone}" isn't delegated yet. ${then}`;
    return { severity: 'warning', check: 'zoneNotDelegated', message };
  }
  const deaf = lame.filter(({ answered }) => answered);
  if (deaf.length === seen.nameServers.length) {
    const message = `"${zone}" is delegated to name servers that don't answer for it: ${listed(deaf.map(inWords))}. ${then} in their place, soon: another customer who gets a zone on those has the name`;
    return { severity: 'warning', check: 'zoneDelegatedToNobody', message };
  }
  const message = `"${zone}" is delegated to ${listed(seen.nameServers)} today. ${then} in their place; what those answer for names that aren't this site's is gone then, so make those records in the new zone first`;
  return { severity: 'warning', check: 'zoneDelegatedElsewhere', message };
}

/** R10. */
export function ambiguousZoneFinding({ message }: AmbiguousZone): PreflightFinding {
  return { severity: 'error', check: 'twoZonesOfOneName', message };
}
