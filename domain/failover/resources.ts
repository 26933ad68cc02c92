import type { ResourceType } from '../resources/resource-type.ts';
import type { Site } from '../sites/site.ts';

/** Of what is before the origin already: the page alone. Of all else a distribution as well, which shows it under the site's names, and a health check with its alarm. */
const INSIDE: readonly ResourceType[] = ['page'];
const BESIDE: readonly ResourceType[] = [
  'validation record',
  'viewer certificate',
  'distribution',
  'page',
  'health check',
  'alarm',
];

/** The types of resources that the failover of a site needs, besides those of its edge. */
export function failoverResources(
  { failover }: Pick<Site, 'failover'>,
  { servedBy }: { servedBy: string },
): readonly ResourceType[] {
  if (!failover) return [];
  return [...(servedBy === 'distribution' ? INSIDE : BESIDE), ...(failover.bypass ? (['bypass'] as const) : [])];
}
