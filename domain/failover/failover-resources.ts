import { edgeOf } from '../edges/edge.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { Site } from '../sites/site.ts';

/** Whether records lead viewers to the page: a CDN shows it itself. */
export function failsOverByDns({ edge, failover }: Pick<Site, 'edge' | 'failover'>): boolean {
  return failover !== undefined && edgeOf({ edge }).servedBy !== 'distribution';
}

/** The types of resources that a failover needs, besides those of the edge. */
export function failoverResources(site: Pick<Site, 'edge' | 'failover'>): readonly ResourceType[] {
  return failsOverByDns(site) ? ['health check'] : [];
}
