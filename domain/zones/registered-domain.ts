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
