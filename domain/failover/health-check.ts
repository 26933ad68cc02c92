import { createHash } from 'node:crypto';
import { edgeOf } from '../edges/edge.ts';
import { originOf } from '../origins/origin.ts';
import type { Owner } from '../ownership.ts';
import { checkOf } from '../sites/failover.ts';
import type { Site } from '../sites/site.ts';

/** What Route 53 is to check of a site, and when that counts as failed. */
export interface HealthCheckSettings {
  originName: string;
  /** HTTPS has SNI: what serves several names has to know which one is meant. */
  type: 'HTTP' | 'HTTPS';
  port: number;
  path: string;
  intervalSeconds: number;
  failures: number;
}

/** The health check of a site that fails over by DNS; undefined of any other. */
export function healthCheckOf(site: Site): HealthCheckSettings | undefined {
  const originName = site.failover?.originName;
  if (originName === undefined) return undefined;
  const { path, intervalSeconds, failures } = checkOf(site);
  return { originName, ...endpointOf(site), path, intervalSeconds, failures };
}

function endpointOf(site: Site): Pick<HealthCheckSettings, 'type' | 'port'> {
  if (edgeOf(site).servedBy !== 'origin') return { type: 'HTTPS', port: 443 };
  const { scheme, port } = originOf(site);
  return { type: scheme === 'https' ? 'HTTPS' : 'HTTP', port };
}

/** Whether what is checked is outside of AWS, which costs more. */
export function isElsewhere(site: Pick<Site, 'edge' | 'origin'>): boolean {
  return edgeOf(site).servedBy === 'origin' && originOf(site).kind === 'server';
}

/** Whether two checks ask the same in the same rhythm: another question needs a check of its own, which nothing follows yet. */
export function asksTheSame(one: HealthCheckSettings, other: HealthCheckSettings): boolean {
  const { failures: _, ...first } = one;
  const { failures: __, ...second } = other;
  return (Object.keys(first) as (keyof typeof first)[]).every((key) => first[key] === second[key]);
}

const digest = ({ domain, stack }: Owner): string =>
  createHash('sha256').update(`${stack} ${domain}`).digest('hex').slice(0, 24);

/**
 * What a health check is created with, so that a repeated request creates no second one; at most 64 characters. Route 53 refuses that
 * of a deleted check for days: `attempt` counts, from 1, those of this operation (failures R23).
 */
export function healthCheckReference(
  owner: Owner,
  { revision, attempt }: { revision: number; attempt: number },
): string {
  return `nameplate-${digest(owner)}-${revision}-${attempt}`;
}

/** Whether a health check was created for this site. A reference never changes, unlike a tag. */
export function isCheckOf(owner: Owner, reference: string): boolean {
  const prefix = `nameplate-${digest(owner)}-`;
  return reference.startsWith(prefix) && /^\d+-\d+$/.test(reference.slice(prefix.length));
}
