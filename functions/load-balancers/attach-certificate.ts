import {
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { addFurtherCertificate, listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { readListenerSettings } from '../../aws/load-balancers/listener-settings.ts';
import { changeForwards, createSecureListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags, tagResource } from '../../aws/load-balancers/resource-tags.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import {
  type EdgeRemoval,
  LOAD_BALANCER_MISSING,
  TARGET_GROUP_MISSING,
} from '../../domain/load-balancers/edge-removals.ts';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { isLeftAsItIs, type Listener, secureListenerProblem } from '../../domain/load-balancers/listeners.ts';
import { isToBeMoved, preparation } from '../../domain/load-balancers/secure-listener-moves.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { awaitTags } from '../../resources/eventual-consistency.ts';
import { restoreOnce } from '../shared/load-balancers/edge-removals.ts';
import { notYetReturned } from '../shared/load-balancers/not-yet-returned.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/**
 * Creates the HTTPS listener on port 443, or adds to the one that is there: the certificate by SNI, and the target group
 * without requests, so that ELB checks its targets. "MoveListener" moves the requests once they are healthy.
 */
export const handler = step('AttachCertificate', async (context) => {
  const { site, item, record, environment, previous, now, keep } = context;
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  try {
    const existing = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 443);
    const isMovedLater = existing !== undefined && isToBeMoved(existing, { certificateArn, targetGroupArn });
    const listenerArn = existing
      ? await prepare(elb, {
          existing,
          owner,
          adopt: site.adopt,
          keep,
          young: { what: 'the listener on port 443', previous, revision: item.revision, now },
          certificateArn,
          targetGroupArn,
        })
      : await createSecureListener(elb, {
          loadBalancerArn,
          certificateArn,
          forwards: allTo(targetGroupArn),
          tags: ownerTags(owner),
        });
    return {
      made: [made(listenerArn)],
      output: { listenerArn },
      message: isMovedLater ? PREPARED : 'Port 443 serves the certificate and forwards to the instance',
    };
  } catch (error) {
    const removed = restoreOnce(removalsIn(error), context);
    if (removed !== undefined) throw new Failure('NotReady', removed, { cause: error });
    throw notYetReturned(error);
  }
});

const PREPARED =
  'Port 443 serves as before and the certificate by SNI; ELB checks the instance, which gets no requests before it is healthy';

interface Wanted {
  existing: Listener;
  owner: Owner;
  adopt: boolean | undefined;
  keep: StepContext['keep'];
  young: Parameters<typeof awaitTags>[1];
  certificateArn: string;
  targetGroupArn: string;
}

/** What is to be adopted is remembered before it is touched, and tagged first: an undo finds it from then on. */
async function prepare(
  elb: ElasticLoadBalancingV2Client,
  { existing, owner, adopt, keep, young, ...wanted }: Wanted,
): Promise<string> {
  const { arn } = existing;
  if (!isToBeMoved(existing, wanted)) return arn;
  const tags = await readResourceTags(elb, arn);
  awaitTags(tags, young);
  const { certificateArn, targetGroupArn } = wanted;
  if (isLeftAsItIs({ ...existing, tags }, { owner, certificateArn, forwards: allTo(targetGroupArn) })) return arn;
  const problem = secureListenerProblem({ arn, tags }, { owner, adopt });
  if (problem) throw new Failure('Conflict', problem);
  const further = existing.protocol === 'HTTPS' ? await listFurtherCertificates(elb, arn) : [];
  if (!isOwnedBy(owner, tags)) {
    const settings = await readListenerSettings(elb, arn);
    const certificates = existing.protocol === 'HTTPS' ? { certificates: further } : {};
    await keep({ ...made(arn), before: { tags, settings, ...certificates } });
    await tagResource(elb, { arn, tags: ownerTags(owner) });
  }
  const { certificates, forwards } = preparation({ ...existing, further }, wanted);
  for (const each of certificates) await addFurtherCertificate(elb, { listenerArn: arn, certificateArn: each });
  if (forwards) await changeForwards(elb, { listenerArn: arn, forwards });
  return arn;
}

function made(id: string): Made {
  return { type: 'listener', id, ours: true, detail: 'HTTPS 443' };
}

/** What ELB does not find of what earlier steps have created: the certificate may have been awaited for days in between. */
function removalsIn(error: unknown): EdgeRemoval[] {
  if (error instanceof LoadBalancerNotFoundException) return [LOAD_BALANCER_MISSING];
  return error instanceof TargetGroupNotFoundException ? [TARGET_GROUP_MISSING] : [];
}
