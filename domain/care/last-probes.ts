import { needsResource } from '../edges/edge.ts';
import { isOn } from '../failover/maintenance.ts';
import type { SiteRecord } from '../ledger/site-record.ts';
import type { StepItem } from '../ledger/step-item.ts';
import { LEGS, type LegProbe, type LookItem } from './look-item.ts';

/** When a leg was asked last, and what it has answered. */
export interface LastProbe extends LegProbe {
  /** ISO 8601 in UTC. */
  at: string;
}

/** What was seen of each leg last, in the order of the way: by the last look, or by a step that has asked since and has ended because all was as it should be. */
export function lastProbes(record: SiteRecord, look: LookItem | undefined): LastProbe[] {
  const looked = (look?.probes ?? []).map((probe) => ({ ...probe, at: look?.at ?? '' }));
  const proven = record.steps.flatMap((step) => ofStep(step, record));
  const legs = Map.groupBy([...looked, ...proven], ({ leg }) => leg);
  return LEGS.flatMap((leg) => {
    const probes = legs.get(leg) ?? [];
    const last = probes.map(({ at }) => at).reduce((one, other) => (one > other ? one : other), '');
    return probes.filter(({ at }) => at === last);
  });
}

function ofStep({ name, state, endedAt, message, revision }: StepItem, { item }: SiteRecord): LastProbe[] {
  if (state !== 'done' || endedAt === undefined || message === undefined) return [];
  const probe = (leg: LegProbe['leg'], asked: string) => [{ leg, asked, found: message, isWell: true, at: endedAt }];
  if (name === 'CheckDelegation') return probe('dns', 'The delegation of its names');
  if (name === 'ProbeSite') return probe('edge', 'Its names, where DNS leads');
  // While another one runs, the one before was to the other side.
  if (name === 'ProbeSwitch' && (!item.operation || revision === item.revision))
    return probe(isOn(item) ? 'page' : 'edge', 'Its names, where DNS leads');
  // Of an edge before, it says nothing.
  if (name === 'AwaitLoadBalancer' && needsResource(item.site, 'target group'))
    return probe('origin', 'The health of its target, by the load balancer');
  return [];
}
