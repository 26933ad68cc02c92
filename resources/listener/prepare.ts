import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { addFurtherCertificate } from '../../aws/load-balancers/listener-certificates.ts';
import { readListenerSettings } from '../../aws/load-balancers/listener-settings.ts';
import { changeForwards, createSecureListener } from '../../aws/load-balancers/listeners.ts';
import { tagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { Change } from '../../domain/changes/change.ts';
import { Failure } from '../../domain/errors.ts';
import {
  type EdgeRemoval,
  LOAD_BALANCER_MISSING,
  TARGET_GROUP_MISSING,
} from '../../domain/load-balancers/edge-removals.ts';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { isToBeMoved, preparation } from '../../domain/load-balancers/secure-listener-moves.ts';
import { tlsPolicyFor } from '../../domain/load-balancers/tls-policy.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { judgeRemovals } from '../edge-removals/judge.ts';
import { awaitTags } from '../eventual-consistency.ts';
import type { Applied, Applying, Doing, Scope } from '../resource.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { TYPE } from './names.ts';
import { notYetReturned } from './not-yet-returned.ts';
import { loadBalancerOf, type SeenSecure, servedBy } from './secure-changes.ts';
import { secureMade, standingListeners } from './standing.ts';

const SERVES = 'Port 443 serves the certificate and forwards to the instance';
const PREPARED =
  'Port 443 serves as before and the certificate by SNI; ELB checks the instance, which gets no requests before it is healthy';

/**
 * Creates the HTTPS listener on port 443, or adds to the one that is there: the certificate by SNI, and the target group
 * without requests, so that ELB checks its targets. The shift moves the requests once they are healthy.
 */
export const prepareListener: Applying<DesiredListeners, SeenListeners> = {
  standing: standingListeners,

  checkComplete({ secure }, { scope, previous, revision }) {
    const { listener } = secure ?? {};
    const at = { what: 'the listener on port 443', previous, revision, now: scope.now };
    if (listener && isToBeMoved(listener, servedBy(scope))) awaitTags(listener.tags, at);
  },

  async apply(change, { secure }, doing) {
    if (!secure?.listener) return create(doing.scope);
    if (change.verb === 'adopt') return adopt(secure.listener, doing);
    if (change.resource.type !== TYPE) return addCertificate(change, secure.listener);
    return addForwards(secure.listener, doing.scope);
  },

  outcome({ secure }, { scope }) {
    const { listener } = secure ?? {};
    return { message: listener && isToBeMoved(listener, servedBy(scope)) ? PREPARED : SERVES };
  },

  explain(error, { restored, scope: { record, now } }) {
    const removed = record && judgeRemovals(removalsIn(error), { restored, record, now });
    if (!removed) return notYetReturned(error);
    return new Failure(removed.state === 'redo' ? 'Missing' : 'NotReady', removed.message, { cause: error });
  },
};

const applied = (listener: SeenSecure, message: string): Applied<SeenListeners> => ({
  actual: { secure: { listener } },
  message,
});

async function create(scope: Scope): Promise<Applied<SeenListeners>> {
  const { certificateArn, targetGroupArn } = servedBy(scope);
  const forwards = allTo(targetGroupArn);
  const tags = ownerTags(scope.owner);
  const loadBalancerArn = loadBalancerOf(scope);
  const elb = client(ElasticLoadBalancingV2Client);
  const arn = await createSecureListener(elb, { loadBalancerArn, certificateArn, forwards, tags });
  const https = { port: 443, protocol: 'HTTPS', tlsPolicy: tlsPolicyFor(undefined), redirects: false };
  return applied({ ...https, arn, certificateArn, forwards, further: [], tags }, SERVES);
}

/** What is adopted is written down before it is changed, and tagged first: an undo finds it from then on. */
async function adopt(listener: SeenSecure, { scope, keep }: Doing): Promise<Applied<SeenListeners>> {
  const elb = client(ElasticLoadBalancingV2Client);
  const { arn, tags, protocol, further } = listener;
  const settings = await readListenerSettings(elb, arn);
  const certificates = protocol === 'HTTPS' ? { certificates: [...further] } : {};
  await keep({ ...secureMade(arn), before: { tags, settings, ...certificates } });
  const own = ownerTags(scope.owner);
  await tagResource(elb, { arn, tags: own });
  return applied({ ...listener, tags: { ...tags, ...own } }, 'Adopted the listener on port 443');
}

async function addCertificate({ after }: Change, listener: SeenSecure): Promise<Applied<SeenListeners>> {
  const { certificate } = after as { certificate: string };
  const elb = client(ElasticLoadBalancingV2Client);
  await addFurtherCertificate(elb, { listenerArn: listener.arn, certificateArn: certificate });
  const further = [...listener.further, certificate];
  return applied({ ...listener, further }, `Port 443 serves ${certificate} by SNI too`);
}

async function addForwards(listener: SeenSecure, scope: Scope): Promise<Applied<SeenListeners>> {
  const { forwards = listener.forwards } = preparation(listener, servedBy(scope));
  await changeForwards(client(ElasticLoadBalancingV2Client), { listenerArn: listener.arn, forwards });
  return applied({ ...listener, forwards }, 'Port 443 checks the targets of the target group');
}

/** What ELB does not find of what earlier steps have created: the certificate may have been awaited for days in between. */
function removalsIn(error: unknown): EdgeRemoval[] {
  if (isCode(error, 'LoadBalancerNotFound')) return [LOAD_BALANCER_MISSING];
  return isCode(error, 'TargetGroupNotFound') ? [TARGET_GROUP_MISSING] : [];
}
