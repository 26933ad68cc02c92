import type { Finding } from './certificate.ts';
import { failsWithoutIpv6, IPV6_NOT_JUDGED } from './no-ipv6.ts';

/** What came of looking at endpoints: what is wrong, and what could not be seen from here without that being wrong. */
export interface ProbeResult {
  findings: Finding[];
  unseen: Unseen[];
}

/** An address that could not be looked at. */
export interface Unseen {
  address: string;
  /** "only 198.51.100.7/32 is let in" */
  why: string;
}

/** An endpoint that gave no answer, as the probe saw it. */
export interface NoAnswer {
  address: string;
  /** "ETIMEDOUT", "ECONNREFUSED" … */
  failure: string;
  message: string;
}

/**
 * Whether an endpoint that gave no answer is broken, or only out of our sight: over IPv6 where we have none, or behind
 * an access list that our own changing address isn't on.
 */
export function judgeSilence(silence: NoAnswer, access: readonly string[]): ProbeResult {
  const everyone = silence.address.includes(':') ? '::/0' : '0.0.0.0/0';
  const closedToUs = !access.includes(everyone) && silence.failure === 'ETIMEDOUT';
  if (closedToUs) return unseen(silence.address, `only ${access.join(', ')} may come`);
  if (isForWantOfIpv6(silence)) return unseen(silence.address, IPV6_NOT_JUDGED);
  return { findings: [{ reason: 'unreachable', message: silence.message }], unseen: [] };
}

/** Whether our own network may be why an address gave no answer. */
function isForWantOfIpv6(silence: NoAnswer): boolean {
  return failsWithoutIpv6(silence) || (silence.address.includes(':') && silence.failure === 'ETIMEDOUT');
}

/** What to look at when an instance itself gave no answer, by how it did. */
const INSTANCE_HINTS: Record<string, (port: number) => string> = {
  ETIMEDOUT: (port) => `check that its security groups let port ${port} in`,
  ECONNREFUSED: (port) => `check that its web server runs and listens on port ${port}`,
};

/** An instance or a server that gave no answer on its port is broken, or closed to everybody; no list says who may come. */
export function judgeInstanceSilence(silence: NoAnswer, port: number): ProbeResult {
  const { address, failure, message } = silence;
  if (isForWantOfIpv6(silence)) return unseen(address, IPV6_NOT_JUDGED);
  const hint = INSTANCE_HINTS[failure]?.(port);
  return found({ reason: 'unreachable', message: hint ? `${message}, ${hint}` : message });
}

export function unseen(address: string, why: string): ProbeResult {
  return { findings: [], unseen: [{ address, why }] };
}

export function found(...findings: (Finding | undefined)[]): ProbeResult {
  return { findings: findings.filter((finding) => finding !== undefined), unseen: [] };
}

/** Several looks as one. */
export function together(sights: readonly ProbeResult[]): ProbeResult {
  const unseen = new Map(sights.flatMap((sight) => sight.unseen).map((each) => [`${each.address} ${each.why}`, each]));
  return { findings: sights.flatMap(({ findings }) => findings), unseen: [...unseen.values()] };
}

/** "; not seen from here: 203.0.113.7, 203.0.113.8 (only 198.51.100.7/32 may come)", or nothing. */
export function unseenInWords(unseen: readonly Unseen[]): string {
  const reasons = [...new Set(unseen.map(({ why }) => why))];
  const parts = reasons.map((reason) => {
    const addresses = unseen.filter(({ why }) => why === reason).map(({ address }) => address);
    return `${addresses.join(', ')} (${reason})`;
  });
  return parts.length === 0 ? '' : `; not seen from here: ${parts.join(', ')}`;
}
