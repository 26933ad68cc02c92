import { ownResources } from '../ledger/released.ts';
import type { SiteRecord } from '../ledger/site-record.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { Keeps } from './kept.ts';

/**
 * What each type needs to go on working as it does: it is kept along with it. Records lead to everything that serves viewers, and a
 * certificate is renewed by its validation record.
 */
const NEEDS: Partial<Record<ResourceType, readonly ResourceType[]>> = {
  record: ['hosted zone', 'distribution', 'load balancer', 'listener certificate', 'elastic address', 'health check'],
  distribution: ['record', 'viewer certificate', 'page', 'alias'],
  'load balancer': ['listener', 'listener rule', 'target group', 'security group', 'certificate'],
  'listener certificate': ['host rule', 'certificate'],
  'security group': ['security group rule'],
  'health check': ['alarm'],
  alarm: ['health check'],
  instance: ['instance security group', 'elastic address'],
  'target group': [],
  'elastic address': [],
  'hosted zone': ['delegation'],
  delegation: ['hosted zone'],
  certificate: ['validation record'],
  'viewer certificate': ['validation record'],
  'validation record': ['hosted zone'],
};

/** What can be named to be kept; anything else only goes with what needs it. */
export const KEEPABLE = Object.keys(NEEDS).filter((type) => type !== 'validation record') as ResourceType[];

/** All that is kept where these types and ids of the site's resources are; `unknown` are those that name nothing. */
export function keptAlong(asked: Keeps, record: Pick<SiteRecord, 'steps'>): { keeps: string[]; unknown: string[] } {
  const own = ownResources(record);
  const typesOf = (entry: string): ResourceType[] =>
    KEEPABLE.filter((type) => type === entry || own.some((each) => each.id === entry && each.type === type));
  const unknown = asked.filter((entry) => typesOf(entry).length === 0);
  const needed = new Set<ResourceType>();
  const follow = (type: ResourceType) => {
    for (const each of NEEDS[type] ?? []) {
      if (needed.has(each)) continue;
      needed.add(each);
      follow(each);
    }
  };
  for (const entry of asked) for (const type of typesOf(entry)) follow(type);
  return { keeps: [...new Set([...asked, ...needed])], unknown };
}
