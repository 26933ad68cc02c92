import { isMutating } from '../../local/wire/calls.ts';
import type { FaultRule } from '../../local/wire/faults.ts';
import { type CallSite, callerPart, isWorkflow } from './call-site.ts';

/** How many calls in a row a client of ours makes for one ask before it gives up. */
const ATTEMPTS = 3;

/** How long what was changed may be unseen, in seconds. */
const UNSEEN_SECONDS = 10;

/** One kind of fault: the rules that set it at a call site, and the sites where it exists; without, at all of them. */
interface KindOfFault {
  rules(site: CallSite): FaultRule[];
  existsAt?(site: CallSite): boolean;
}

/** Each kind of fault. */
export const KINDS = {
  /** Every attempt of the client fails, so that the step hears of it. */
  'error before': { rules: (site) => [at(site, { kind: 'error-before', times: ATTEMPTS })] },
  /** It happened, and the repeated attempts fail too: the step cannot know. */
  'error after': {
    rules: (site) => [at(site, { kind: 'error-after', times: ATTEMPTS })],
    existsAt: hasEffect,
  },
  /** More in a row than a client makes attempts. */
  throttled: { rules: (site) => [at(site, { kind: 'throttle', times: 5 })] },
  /** No answer to any attempt, until the client gives up. */
  'timed out before': {
    rules: (site) => [at(site, { kind: 'timeout-before', times: ATTEMPTS })],
    existsAt: ofFunction,
  },
  'timed out after': {
    rules: (site) => [at(site, { kind: 'timeout-after', times: ATTEMPTS })],
    existsAt: (site) => ofFunction(site) && hasEffect(site),
  },
  /** A connection that is cut. */
  'lost before': { rules: (site) => [at(site, { kind: 'reset-before', times: ATTEMPTS })] },
  /** One answer lost: the client sends the same again, and nobody above it knows. */
  'lost after': { rules: (site) => [at(site, { kind: 'reset-after' })], existsAt: hasEffect },
  'killed before': { rules: (site) => [at(site, { kind: 'kill-before' })], existsAt: ofFunction },
  'killed after': {
    rules: (site) => [at(site, { kind: 'kill-after' })],
    existsAt: (site) => ofFunction(site) && hasEffect(site),
  },
  /** The read answers as it did before, where the same was asked before. */
  stale: {
    rules: (site) => [at(site, { kind: 'stale', seconds: 3 * UNSEEN_SECONDS })],
    existsAt: (site) => ofFunction(site) && mayBeStale(site),
  },
  /** The next worker does not see what the one that died had done. */
  'killed then stale': {
    rules: (site) => [at(site, { kind: 'kill-after' }), ...unseenBy(site)],
    existsAt: (site) => ofFunction(site) && site.service !== 'dynamodb' && isMutating(site.operation),
  },
} as const satisfies Record<string, KindOfFault>;

export type Kind = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** Whether the kind exists at this call site. */
export function applies(kind: Kind, site: CallSite): boolean {
  const { existsAt = () => true }: KindOfFault = KINDS[kind];
  return existsAt(site);
}

function at({ caller, service, operation, n }: CallSite, fault: Omit<FaultRule, 'service' | 'operation'>): FaultRule {
  return { service, operation, caller: callerPart(caller), at: n, ...fault };
}

/** Before a read and after it is the same: nobody can tell whether an answer that was lost had been given. */
function hasEffect({ operation }: Pick<CallSite, 'operation'>): boolean {
  return isMutating(operation) || operation === 'Invoke';
}

/** A workflow runs inside AWS: there is no worker of ours to kill. */
function ofFunction(site: CallSite): boolean {
  return !isWorkflow(site);
}

/**
 * The ledger is read consistently, and Route 53 lists records as they are, pending ones included.
 * Source: Route 53 API Reference, ListResourceRecordSets, "Changes sometimes take time"; checked 2026-11-22.
 */
function mayBeStale({ service, operation }: Pick<CallSite, 'service' | 'operation'>): boolean {
  return service !== 'dynamodb' && operation !== 'ListResourceRecordSets' && !isMutating(operation);
}

const EVENTUALLY: readonly Pick<CallSite, 'service' | 'operation'>[] = [
  { service: 'acm', operation: '*' },
  { service: 'cloudfront', operation: '*' },
  { service: 'ec2', operation: '*' },
  { service: 'elasticloadbalancing', operation: '*' },
  { service: 'route53', operation: 'ListHostedZones' },
  { service: 'route53', operation: 'GetHostedZone' },
  { service: 'states', operation: 'DescribeExecution' },
];

function unseenBy({ caller }: CallSite): FaultRule[] {
  return EVENTUALLY.map((reads) => ({
    ...reads,
    caller: callerPart(caller),
    kind: 'stale',
    times: Number.POSITIVE_INFINITY,
    seconds: UNSEEN_SECONDS,
  }));
}
