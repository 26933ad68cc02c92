import { certifiedNames, needsResource } from '../edges/edge.ts';
import { listening } from '../load-balancers/listening.ts';
import type { Target } from '../load-balancers/target-group.ts';
import { originOf } from '../origins/origin.ts';
import type { Obstacle } from '../removal/obstacle.ts';
import { namesOf } from '../sites/names-of.ts';
import type { Site } from '../sites/site.ts';

/**
 * What of a site's own things stays, by its handle. Whatever else bears the site's tags or markers was made for another
 * document of it, and is released: by a change what the document doesn't want, by an undo everything.
 */
export interface Kept {
  /** The names that keep their records. */
  names: string[];
  /** Those of them that the certificate must go on covering. */
  certified: string[];
  certificateArn?: string;
  loadBalancerArn?: string;
  listenerPorts: number[];
  targetGroupArn?: string;
  target?: Target;
  /** The load balancer's security group, and the one that lets it in to the instance. */
  group?: { id: string; wayIn: string };
  address?: string;
  /** What others' records lead to: it is retained for as long as they do. */
  retained?: readonly Obstacle[];
}

/** Why something of ours is retained although the document does not need it; undefined when it may go. */
export function whyRetained({ retained = [] }: Kept, id: string): Obstacle | undefined {
  return retained.find((obstacle) => obstacle.id === id);
}

/** An undo keeps nothing. */
export const NOTHING_KEPT: Kept = { names: [], certified: [], listenerPorts: [] };

/** What of it stands, or was made, of the things that the document asks for. */
export interface Standing {
  certificateArn?: string | undefined;
  loadBalancerArn?: string | undefined;
  targetGroupArn?: string | undefined;
  group?: { id: string; wayIn: string } | undefined;
  address?: string | undefined;
}

/** What a document keeps. */
export function keptFor(site: Site, { address, ...edge }: Standing): Kept {
  const names = namesOf(site).map(({ name }) => name);
  const own = { ...NOTHING_KEPT, names, ...(address !== undefined && { address }) };
  if (!needsResource(site, 'load balancer')) return own;
  const { certificateArn, loadBalancerArn, targetGroupArn, group } = edge;
  return {
    ...own,
    certified: certifiedNames(site),
    listenerPorts: listening(site).map(({ port }) => port),
    target: originOf(site).target,
    ...(certificateArn !== undefined && { certificateArn }),
    ...(loadBalancerArn !== undefined && { loadBalancerArn }),
    ...(targetGroupArn !== undefined && { targetGroupArn }),
    ...(group && { group }),
  };
}
