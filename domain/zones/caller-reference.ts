import { createHash } from 'node:crypto';
import type { Owner } from '../ownership.ts';

/** What all references of the zones that are made for a site begin with. */
function prefix({ domain, stack }: Owner): string {
  return `nameplate-${createHash('sha256').update(`${stack} ${domain}`).digest('hex').slice(0, 16)}-r`;
}

/** The reference that makes a repeated CreateHostedZone the same one; at most 128 characters (failures R14). */
export function callerReference(owner: Owner, revision: number): string {
  return `${prefix(owner)}${revision}`;
}

/** Whether a zone was made for this site, in whichever revision. */
export function isMadeFor(owner: Owner, reference: string): boolean {
  return reference.startsWith(prefix(owner)) && /^\d+$/.test(reference.slice(prefix(owner).length));
}
