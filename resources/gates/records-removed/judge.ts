import { type EnteredEntry, leadsToSite } from '../../../domain/entries/entry.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';

/** Of every record that we write, and of an alias to a load balancer. */
const OUR_TTL_SECONDS = 60;

/** What a person enters may have any, but resolvers forget after a week. Source: RFC 8767, section 4, checked 2026-11-22. */
const MAX_TTL_SECONDS = 604_800;

/** How the removal of traffic records was seen. */
export type RemovalSight =
  /** Undefined for a change that Route 53 has forgotten, which is long done. */
  | { changes: readonly ('PENDING' | 'INSYNC' | undefined)[] }
  /** What a person had entered at another provider, and was seen to be gone. */
  | { entered: readonly EnteredEntry[] };

export function judgeRemoval(sight: RemovalSight): Verdict<{ forgetSeconds: number }> {
  if ('changes' in sight && sight.changes.includes('PENDING'))
    return { state: 'closed', message: 'Waiting until no name server of Route 53 answers with the records any more' };
  const entered = 'entered' in sight ? sight.entered.filter(leadsToSite) : [];
  const ttlSeconds = Math.max(OUR_TTL_SECONDS, ...entered.map((entry) => entry.ttlSeconds));
  return {
    state: 'open',
    output: { forgetSeconds: Math.min(ttlSeconds, MAX_TTL_SECONDS) },
    message: 'No name server answers with the records any more',
  };
}
