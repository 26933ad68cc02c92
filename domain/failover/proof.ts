/** What a look at something that the failover of a site needs has found, whether or not viewers are led to the page. */
export interface Proof {
  /** ISO 8601 in UTC. */
  at: string;
  isReady: boolean;
  /** What is wrong, and how to mend it. */
  problems: string[];
  /** Since when it is not ready. */
  since?: string;
}

/** What is looked at every hour. */
export interface Proofs {
  /** The page at its distribution, under every name. */
  page?: Proof;
  /** The health check that decides between the site and its page; absent where none does. */
  healthCheck?: Proof;
  /** The alarm on it, which tells of a failover and takes part in none; absent where none is. */
  healthCheckAlarm?: Proof;
  /** The certificate that viewers get: an expired one fails no health check. */
  certificate?: Proof;
}

export function proofOf(problems: string[], { before, now }: { before: Proof | undefined; now: Date }): Proof {
  const at = now.toISOString();
  return problems.length === 0
    ? { at, isReady: true, problems }
    : { at, isReady: false, problems, since: before?.since ?? at };
}
