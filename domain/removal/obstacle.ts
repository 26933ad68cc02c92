import type { ResourceType } from '../resources/resource-type.ts';

/**
 * What keeps a resource of a site from being removed: something that others attached to it, or that AWS would delete along
 * with it. Once approved, the resource is retained.
 */
export interface Obstacle {
  /** Of the resource: "listener", "load balancer", "elastic address" … */
  type: ResourceType;
  /** What AWS calls the resource. */
  id: string;
  /** What is attached, by its id, and how to remove it. */
  why: string;
  /** Set where others' viewers are served through the resource: all that it serves them with is retained too. */
  serves?: true;
}

/** What ends every fix: the request that was refused is to be sent again. */
export const THEN_AGAIN = 'then try again';

/** One line for people, and what an approval is compared by. */
export function obstacleLine({ type, id, why }: Obstacle): string {
  return `Retain the ${type} ${id}: ${why}`;
}

/** Those that are not approved: they concern resources whose ids are not among the approved ones. */
export function unapproved(obstacles: readonly Obstacle[], approved: readonly string[]): Obstacle[] {
  return obstacles.filter(({ id }) => !approved.includes(id));
}
