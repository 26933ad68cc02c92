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
import { awaitSecret, prepareRule } from './apply-lock.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { RULE } from './lock-changes.ts';
import { TYPE } from './names.ts';
import { notYetReturned } from './not-yet-returned.ts';
import { isClosedBy, loadBalancerOf, type SeenSecure, servedBy, wantedOf } from './secure-changes.ts';
import { secureMade, standingListeners } from './standing.ts';

const CLOSED = 'Port 443 serves the certificate and answers 403 to requests that do not come through CloudFront';
const SERVES = 'Port 443 serves the certificate and forwards to the target';
const LOCKED =
  'Port 443 serves the certificate and forwards the requests of CloudFront, which it knows by a secret header, to the target';
const PREPARED =
  'Port 443 serves as before and the certificate by SNI; ELB checks the target, which gets no requests before it is healthy';

/**
 * Creates the HTTPS listener on port 443, or adds to the one that is there: the certificate by SNI, and the target group
 * without requests, so that ELB checks its targets. The shift moves the requests once they are healthy.
 */
export const prepareListener: Applying<DesiredListeners, SeenListeners> = {
  standing: standingListeners,

  checkComplete(actual, { scope, previous, revision }) {
    const { listener, rules } = actual.secure ?? {};
    const at = { what: 'the listener on port 443', previous, revision, now: scope.now };
    if (listener && (rules || isToBeMoved(listener, wantedOf(listener, scope)))) awaitTags(listener.tags, at);
    awaitSecret(actual, scope);
  },

  async apply(change, actual, doing) {
    const { listener } = actual.secure ?? {};
    if (change.resource.type === RULE) return prepareRule(change, actual, doing);
    if (!listener) return create(actual, doing.scope);
    const { message, ...changed } = await changeListener(change, listener, doing);
    return { actual: { ...actual, secure: { ...actual.secure, listener: { ...listener, ...changed } } }, message };
  },

  outcome({ secure }, { scope }) {
    const { listener } = secure ?? {};
    if (listener && isToBeMoved(listener, wantedOf(listener, scope))) return { message: PREPARED };
    return { message: isClosedBy(scope.site) ? LOCKED : SERVES };
  },

  explain(error, { restored, scope: { record, now } }) {
    const removed = record && judgeRemovals(removalsIn(error), { restored, record, now });
    if (!removed) return notYetReturned(error);
    return new Failure(removed.state === 'redo' ? 'Missing' : 'NotReady', removed.message, { cause: error });
  },
};

/** With the lock, its default action answers 403 from the start. */
async function create(actual: SeenListeners, scope: Scope): Promise<Applied<SeenListeners>> {
  const { certificateArn, targetGroupArn } = servedBy(scope);
  const isClosed = isClosedBy(scope.site);
  const forwards = isClosed ? [] : allTo(targetGroupArn);
  const tags = ownerTags(scope.owner);
  const loadBalancerArn = loadBalancerOf(scope);
  const elb = client(ElasticLoadBalancingV2Client);
  const arn = await createSecureListener(elb, { loadBalancerArn, certificateArn, forwards, tags });
  const https = { port: 443, protocol: 'HTTPS', tlsPolicy: tlsPolicyFor(undefined), redirects: false };
  const refuses = isClosed ? { refuses: true as const } : {};
  const listener = { ...https, arn, certificateArn, forwards, ...refuses, further: [], tags };
  return { actual: { ...actual, secure: { listener } }, message: isClosed ? CLOSED : SERVES };
}

type Done = Partial<SeenSecure> & { message: string };

function changeListener(change: Change, listener: SeenSecure, doing: Doing): Promise<Done> {
  if (change.verb === 'adopt') return adopt(listener, doing);
  return change.resource.type === TYPE ? addForwards(listener, doing.scope) : addCertificate(change, listener);
}

/** What is adopted is written down before it is changed, and tagged first: an undo finds it from then on. */
async function adopt({ arn, tags, protocol, further }: SeenSecure, { scope, keep }: Doing): Promise<Done> {
  const elb = client(ElasticLoadBalancingV2Client);
  const settings = await readListenerSettings(elb, arn);
  const certificates = protocol === 'HTTPS' ? { certificates: [...further] } : {};
  await keep({ ...secureMade(arn), before: { tags, settings, ...certificates } });
  const own = ownerTags(scope.owner);
  await tagResource(elb, { arn, tags: own });
  return { tags: { ...tags, ...own }, message: 'Adopted the listener on port 443' };
}

async function addCertificate({ after }: Change, listener: SeenSecure): Promise<Done> {
  const { certificate } = after as { certificate: string };
  const elb = client(ElasticLoadBalancingV2Client);
  await addFurtherCertificate(elb, { listenerArn: listener.arn, certificateArn: certificate });
  const further = [...listener.further, certificate];
  return { further, message: `Port 443 serves ${certificate} by SNI too` };
}

async function addForwards(listener: SeenSecure, scope: Scope): Promise<Done> {
  const { forwards = listener.forwards } = preparation(listener, servedBy(scope));
  await changeForwards(client(ElasticLoadBalancingV2Client), { listenerArn: listener.arn, forwards });
  return { forwards, message: 'Port 443 checks the targets of the target group' };
}

/** What ELB does not find of what earlier steps have created: the certificate may have been awaited for days in between. */
function removalsIn(error: unknown): EdgeRemoval[] {
  if (isCode(error, 'LoadBalancerNotFound')) return [LOAD_BALANCER_MISSING];
  return isCode(error, 'TargetGroupNotFound') ? [TARGET_GROUP_MISSING] : [];
}
