import { edgeOf } from '../edges/edge.ts';
import type { Site } from '../sites/site.ts';

/** Whether viewers are led to the maintenance page inside of the distribution that serves the site, and no record changes. */
export function movesInside(site: Pick<Site, 'edge'>): boolean {
  return edgeOf(site).servedBy === 'distribution';
}
