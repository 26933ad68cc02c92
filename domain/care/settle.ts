import { isDeepStrictEqual } from 'node:util';
import type { SiteItem } from '../ledger/site-item.ts';
import { SEVERITIES } from '../preflight/finding.ts';
import { type Alert, idOf } from './alert.ts';
import type { Concern, Concerns } from './concern.ts';

/** A suspicion has to be as old as that when it is seen again: a restart or a bad minute of the network is over by then. */
const CONFIRMED_AFTER_MS = 30 * 60_000;

export type LookedAt = Pick<SiteItem, 'domain' | 'createdAt'> & { site: Pick<SiteItem['site'], 'tenant'> };

/**
 * What becomes of the alerts of a site by a look at it: those that are written over what is there, and told of where `untold` says so.
 * A suspicion that was none is written as resolved without a word.
 */
export function settle(
  alerts: readonly Alert[],
  { concerns, unseen }: Concerns,
  { item, now }: { item: LookedAt; now: Date },
): Alert[] {
  const of = new Map(alerts.map((alert) => [alert.id, alert]));
  const found = concerns.map((each) => ({ each, id: idOf(item.domain, each.code, each.subject) }));
  const ids = new Set(found.map(({ id }) => id));
  return [
    ...found.map(({ each, id }) => seen(of.get(id), { id, concern: each, item, now })),
    ...alerts
      .filter(({ id, area, state }) => state !== 'resolved' && !ids.has(id) && !unseen.includes(area))
      .map((alert) => resolved(alert, now)),
  ].filter((alert) => alert !== undefined);
}

/** The alert as it is resolved. */
export function resolved(alert: Alert, now: Date): Alert {
  const { untold: _, ...rest } = alert;
  return {
    ...rest,
    state: 'resolved',
    resolvedAt: now.toISOString(),
    ...(alert.state === 'open' && { untold: 'resolved' as const }),
  };
}

interface Sighting {
  id: string;
  concern: Concern;
  item: LookedAt;
  now: Date;
}

/** Undefined where nothing has changed. */
function seen(before: Alert | undefined, sighting: Sighting): Alert | undefined {
  const { concern, item, now } = sighting;
  const at = now.toISOString();
  if (!before || before.state === 'resolved' || before.siteCreatedAt !== item.createdAt) {
    const first = firstSeen(sighting, before?.version ?? 0);
    return concern.isCertain ? raised(first, at) : first;
  }
  const next: Alert = { ...before, ...words(concern) };
  if (before.state === 'suspected') {
    const isConfirmed = concern.isCertain || now.getTime() - Date.parse(before.seenAt) >= CONFIRMED_AFTER_MS;
    return isConfirmed ? raised(next, at) : undefined;
  }
  if (isGraver(next, before)) {
    const { acknowledged: _, ...rest } = next;
    return { ...rest, escalatedAt: at, untold: 'escalated' };
  }
  // Once told it stays as grave as it was: what eases and worsens again is not told twice.
  const { severity, stage } = before;
  const kept = { ...next, severity, ...(stage !== undefined && { stage }) };
  return isDeepStrictEqual(kept, before) ? undefined : kept;
}

function firstSeen({ id, concern, item, now }: Sighting, version: number): Alert {
  const { domain, createdAt: siteCreatedAt, site } = item;
  return {
    id,
    domain,
    ...(site.tenant !== undefined && { tenant: site.tenant }),
    siteCreatedAt,
    state: 'suspected',
    ...words(concern),
    seenAt: now.toISOString(),
    version,
  };
}

const raised = (alert: Alert, at: string): Alert => ({ ...alert, state: 'open', raisedAt: at, untold: 'raised' });

function words({ code, subject, area, severity, message, evidence, fix, stage, isOurs }: Concern) {
  const more = { ...(stage !== undefined && { stage }), ...(isOurs && { isOurs }) };
  return { code, subject, area, severity, message, evidence, fix, ...more };
}

function isGraver(next: Alert, before: Alert): boolean {
  const grew = (next.stage ?? 0) > (before.stage ?? 0);
  return grew || SEVERITIES.indexOf(next.severity) < SEVERITIES.indexOf(before.severity);
}
