import { besides, type Forward, isSameForwarding } from './forwards.ts';
import { hasCurrentTlsPolicy, type Listener, servesAsWanted } from './listeners.ts';

/** A listener on port 443, with the certificates that it serves by SNI beside its default one. */
export interface SecureListener extends Listener {
  further: readonly string[];
}

interface Wanted {
  certificateArn: string;
  /** Undefined where requests go on going where they go. */
  targetGroupArn: string | undefined;
}

/** What is added to a listener before requests are moved. It takes nothing away: every name is served as before. */
export interface Preparation {
  /** The certificates to serve by SNI: the default one so far, whose names stay served after the move, and the new one. */
  certificates: string[];
  /** The new target group without requests, so that ELB checks its targets; undefined where it is among them. */
  forwards?: readonly Forward[];
}

/**
 * What to add to the listener before the move. One that speaks no TLS has no certificates. One that forwards nowhere gets the
 * target group at once: ELB adds no group beside another action, and checks no group that no listener names.
 *
 * Source: Application Load Balancers User Guide, "HTTPS listeners": the default certificate may be in the list as well; checked 2026-11-29.
 */
export function preparation(existing: SecureListener, { certificateArn, targetGroupArn }: Wanted): Preparation {
  const { protocol, certificateArn: soFar, further, forwards } = existing;
  const replaced = protocol === 'HTTPS' && soFar !== undefined && soFar !== certificateArn;
  const certificates = replaced ? [soFar, certificateArn].filter((arn) => !further.includes(arn)) : [];
  const beside = targetGroupArn === undefined ? forwards : besides(forwards, targetGroupArn);
  return { certificates, ...(!isSameForwarding(beside, forwards) && { forwards: beside }) };
}

/** What a listener serves by default. */
export interface Serving {
  certificateArn: string;
  forwards: readonly Forward[];
}

/** Whether the listener has yet to be moved: to the certificate by default, its requests elsewhere, and a TLS policy of today. */
export function isToBeMoved(existing: Listener, wanted: Serving): boolean {
  return !servesAsWanted(existing, wanted) || !hasCurrentTlsPolicy(existing);
}
