import { edgeOf } from '../edges/edge.ts';
import type { Site } from '../sites/site.ts';

/** Whether records lead viewers to the page: a CDN shows it itself. */
export function failsOverByDns({ edge, failover }: Pick<Site, 'edge' | 'failover'>): boolean {
  return failover !== undefined && edgeOf({ edge }).servedBy !== 'distribution';
}
