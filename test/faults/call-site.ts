import type { LoggedCall } from '../../local/wire/calls.ts';

/** One place in a run where the product calls AWS: the n-th call of that operation by that caller. */
export interface CallSite {
  /** A function ("Certificate") or a state machine ("Onboard"). */
  caller: string;
  service: string;
  operation: string;
  n: number;
}

/** "Certificate acm:ListCertificates 1" */
export function nameOf({ caller, service, operation, n }: CallSite): string {
  return `${caller} ${service}:${operation} ${n}`;
}

const WORKFLOWS: readonly string[] = ['Onboard', 'Undo', 'Switch'];

/** Whether AWS itself calls, running a workflow: there is no worker of ours. */
export function isWorkflow({ caller }: Pick<CallSite, 'caller'>): boolean {
  return WORKFLOWS.includes(caller);
}

/** What a fault rule looks for in the caller's ARN. */
export function callerPart(caller: string): string {
  return isWorkflow({ caller }) ? `-${caller}Role` : `-${caller}Function`;
}

/** The call sites among logged calls, in order; calls of people and of AWS's own services are none. */
export function callSites(calls: readonly LoggedCall[]): CallSite[] {
  const counts = new Map<string, number>();
  return calls.flatMap(({ principal, assumedBy = principal, service, operation }) => {
    const caller = /assumed-role\/[^/]*-(\w+?)Role[0-9A-F]{8}/.exec(assumedBy)?.[1];
    if (caller === undefined) return [];
    const key = `${caller} ${service}:${operation}`;
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    return [{ caller, service, operation, n }];
  });
}
