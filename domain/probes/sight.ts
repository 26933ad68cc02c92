import type { Finding } from './certificate.ts';

/** What came of looking at endpoints: what is wrong, and what could not be seen from here without that being wrong. */
export interface Sight {
  findings: Finding[];
  unseen: string[];
}

/** An endpoint that gave no answer, as the probe saw it. */
export interface NoAnswer {
  address: string;
  /** "ETIMEDOUT", "ECONNREFUSED" … */
  failure: string;
  message: string;
}

/** Our own network has no way there; that says nothing about viewers. */
const NO_ROUTE = ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'];

/**
 * Whether an endpoint that gave no answer is broken, or only out of our sight: over IPv6 where we have none, or behind
 * an access list that our own changing address isn't on.
 */
export function judgeSilence(silence: NoAnswer, access: readonly string[]): Sight {
  const v6 = silence.address.includes(':');
  const closedToUs = !access.includes(v6 ? '::/0' : '0.0.0.0/0') && silence.failure === 'ETIMEDOUT';
  const noRoute = v6 && (NO_ROUTE.includes(silence.failure) || silence.failure === 'ETIMEDOUT');
  if (closedToUs) return unseen(`${silence.address} lets in ${access.join(', ')} only, which we are not`);
  if (noRoute) return unseen(`${silence.address} can't be reached from here over IPv6`);
  return { findings: [{ reason: 'unreachable', message: silence.message }], unseen: [] };
}

export function unseen(what: string): Sight {
  return { findings: [], unseen: [what] };
}

export function found(...findings: (Finding | undefined)[]): Sight {
  return { findings: findings.filter((finding) => finding !== undefined), unseen: [] };
}

/** Several looks as one. */
export function together(sights: readonly Sight[]): Sight {
  return {
    findings: sights.flatMap(({ findings }) => findings),
    unseen: [...new Set(sights.flatMap((sight) => sight.unseen))],
  };
}
