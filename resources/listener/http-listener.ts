import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { adopted } from '../../domain/changes/adopted.ts';
import { inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { httpOf, needsResource } from '../../domain/edges/edge.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import { httpListenerProblem, type Listener } from '../../domain/load-balancers/listeners.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { listenerName, TYPE } from './names.ts';
import { readListenerTags } from './read-listener-tags.ts';
import { loadBalancerOf } from './secure-changes.ts';

export type DesiredHttp = Pick<Site, 'http'>;

export interface SeenHttp {
  listener?: Listener & { tags: Record<string, string> };
  /** Whether the site has adopted it. */
  adopted: boolean;
}

/** The listener on port 80, which redirects to HTTPS, or none. One of ours that is not desired is released with the others. */
export const httpListener: Resource<DesiredHttp, SeenHttp, Record<string, never>> = {
  type: TYPE,
  desired: ({ site }) => (site && needsResource(site, 'load balancer') ? [{ http: httpOf(site) }] : []),
  read: readHttp,
  changes: (desired, seen, scope) =>
    inPhase(
      'prepare',
      desired.flatMap((each) => httpChanges(each, seen, scope)),
    ),
  handles: () => ({}),
};

async function readHttp({ clients }: Look, scope: Scope): Promise<SeenHttp> {
  const on = loadBalancerOf(scope);
  if (isStandIn(on)) return { adopted: false };
  const elb = clients(ElasticLoadBalancingV2Client);
  const all = await listListeners(elb, on);
  const listener = all.find(({ port }) => port === 80);
  if (!listener) return { adopted: false };
  const adopted = scope.record !== undefined && beforeOf(scope.record, TYPE, listener.arn) !== undefined;
  return { listener: { ...listener, tags: await readListenerTags(elb, listener, all) }, adopted };
}

function httpChanges(
  { http }: DesiredHttp,
  { listener, adopted: wasAdopted }: SeenHttp,
  { owner, site }: Scope,
): Unphased[] {
  const resource: ResourceRef = {
    type: TYPE,
    name: listenerName(owner.domain, { protocol: 'HTTP', port: 80 }),
    ...(listener && { id: listener.arn }),
  };
  const problem = httpListenerProblem(listener, { http, owner, adopt: site?.adopt, adopted: wasAdopted });
  if (problem) return [{ verb: 'conflict', resource, before: { ...listener }, message: problem }];
  if (http === 'reject') return [];
  const state = { redirectsTo: 'https', status: 301 };
  if (!listener) {
    const message = 'Create the listener that sends port 80 to https (301)';
    return [{ verb: 'create', resource, after: state, message }];
  }
  if (listener.redirects) return [kept(resource, state, 'Keep sending plain HTTP to https')];
  if (!isOwnedBy(owner, listener.tags)) {
    return [adopted(resource, { ...listener }, { owner, after: state, message: 'send port 80 to https (301)' })];
  }
  const { tags: _, ...before } = listener;
  return [{ verb: 'update', resource, before, after: state, message: 'Send port 80 to https (301) again' }];
}
