/** A domain that the account has registered with Route 53. */
export interface RegisteredDomain {
  /** Lower case, without trailing dots, sorted. */
  nameServers: string[];
  /** Whether keys are associated with it: the registry has a DS record. */
  signed: boolean;
  /** EPP status codes: "clientTransferProhibited". */
  statuses: string[];
  autoRenew: boolean;
  /** ISO 8601 in UTC. */
  expiresAt?: string;
}

/** An operation of Route 53 Domains. */
export interface DomainOperation {
  id: string;
  /** "SUBMITTED", "IN_PROGRESS", "SUCCESSFUL", "FAILED" or "ERROR". */
  status: string;
  /** Why it failed. */
  message: string;
  /** What it waits for: "PENDING_SUPPORT_CASE". */
  flag?: string;
}

export const isRunning = ({ status }: DomainOperation): boolean => status === 'SUBMITTED' || status === 'IN_PROGRESS';

export const hasFailed = ({ status }: DomainOperation): boolean => status === 'FAILED' || status === 'ERROR';

/** What is told while an operation runs, with where it can be seen. */
export function whileRunning({ id, flag }: DomainOperation): string {
  const why = flag === undefined ? '' : `, ${flag}`;
  return `minutes are normal; Route 53 Domains shows it under "Requests" as ${id}${why}`;
}

/** At these the registry changes no name servers. Source: ICANN, "EPP status codes", checked 2026-11-30. */
const LOCKED = [
  'clientUpdateProhibited',
  'serverUpdateProhibited',
  'pendingDelete',
  'pendingTransfer',
  'redemptionPeriod',
];

/** The status that keeps the name servers as they are; undefined where none does. */
export function lockOf({ statuses }: { statuses: readonly string[] }): string | undefined {
  return statuses.find((status) => LOCKED.includes(status));
}
