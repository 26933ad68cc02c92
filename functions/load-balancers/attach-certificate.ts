import {
  CertificateNotFoundException,
  DuplicateListenerException,
  ElasticLoadBalancingV2Client,
  ListenerNotFoundException,
  LoadBalancerNotFoundException,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import {
  addFurtherCertificate,
  listFurtherCertificates,
  removeFurtherCertificate,
} from '../../aws/load-balancers/listener-certificates.ts';
import { readListenerSettings } from '../../aws/load-balancers/listener-settings.ts';
import { changeSecureListener, createSecureListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags, tagResource } from '../../aws/load-balancers/resource-tags.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import {
  type EdgeRemoval,
  LOAD_BALANCER_MISSING,
  TARGET_GROUP_MISSING,
} from '../../domain/load-balancers/edge-removals.ts';
import { allTo, besides } from '../../domain/load-balancers/forwards.ts';
import {
  hasCurrentTlsPolicy,
  isLeftAsItIs,
  type Listener,
  secureListenerProblem,
  servesAsWanted,
} from '../../domain/load-balancers/listeners.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { releases } from '../../domain/sites/life/standing.ts';
import { outputOf } from '../shared/ledger/outputs.ts';
import { restoreOnce } from '../shared/load-balancers/edge-removals.ts';
import { awaitTags } from '../shared/steps/eventual-consistency.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/** Makes the HTTPS listener on port 443 with the certificate. The load balancer may still be in the making. */
export const handler = step('AttachCertificate', async (context) => {
  const { site, item, record, environment, previous, now, keep } = context;
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  try {
    const standing = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 443);
    const listenerArn = standing
      ? await bringIntoLine(elb, {
          standing,
          owner,
          adopt: site.adopt,
          changes: releases(item),
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
      message: 'Port 443 serves the certificate and forwards to the instance',
    };
  } catch (error) {
    const waiting = restoreOnce(removalsIn(error), context) ?? waitingFor(error);
    if (waiting) throw new Failure('NotReady', waiting, { cause: error });
    throw error;
  }
});

interface Wanted {
  standing: Listener;
  owner: Owner;
  adopt: boolean | undefined;
  /** Whether the site is live with another document meanwhile. */
  changes: boolean;
  keep: StepContext['keep'];
  young: Parameters<typeof awaitTags>[1];
  certificateArn: string;
  targetGroupArn: string;
}

/** What is to be adopted is remembered before it is touched, and tagged first: an undo finds it from then on. */
async function bringIntoLine(
  elb: ElasticLoadBalancingV2Client,
  { standing, owner, adopt, changes, keep, young, certificateArn, targetGroupArn }: Wanted,
): Promise<string> {
  const { arn } = standing;
  // In a change, what serves goes on serving until the load balancer finds the instance healthy: the next step sees to that.
  const forwards = changes ? besides(standing.forwards, targetGroupArn) : allTo(targetGroupArn);
  const wanted = { certificateArn, forwards };
  if (servesAsWanted(standing, wanted) && hasCurrentTlsPolicy(standing)) return arn;
  const tags = await readResourceTags(elb, arn);
  awaitTags(tags, young);
  if (isLeftAsItIs({ ...standing, tags }, { owner, ...wanted })) return arn;
  const problem = secureListenerProblem({ arn, tags }, { owner, adopt });
  if (problem) throw new Failure('Conflict', problem);
  if (!isOwnedBy(owner, tags)) {
    const settings = await readListenerSettings(elb, arn);
    const certificates = standing.protocol === 'HTTPS' ? await listFurtherCertificates(elb, arn) : undefined;
    await keep({ ...made(arn), before: { tags, settings, ...(certificates && { certificates }) } });
    await tagResource(elb, { arn, tags: ownerTags(owner) });
  } else if (changes) await keepServing(elb, standing, certificateArn);
  await changeSecureListener(elb, { listenerArn: arn, ...wanted, tlsPolicy: standing.tlsPolicy });
  return arn;
}

/**
 * Names that are about to be dropped are served under the certificate so far until their records are gone: the release
 * takes it off the listener. A certificate can't be taken off while it is the default, so the next one goes beforehand.
 */
async function keepServing(
  elb: ElasticLoadBalancingV2Client,
  { arn: listenerArn, certificateArn: soFar }: Listener,
  next: string,
): Promise<void> {
  if (soFar === undefined || soFar === next) return;
  const further = await listFurtherCertificates(elb, listenerArn);
  if (!further.includes(soFar)) await addFurtherCertificate(elb, { listenerArn, certificateArn: soFar });
  if (further.includes(next)) await removeFurtherCertificate(elb, { listenerArn, certificateArn: next });
}

function made(id: string): Made {
  return { type: 'listener', id, ours: true, detail: 'HTTPS 443' };
}

/** What ELB does not find of what earlier steps have created: the certificate may have been awaited for days in between. */
function removalsIn(error: unknown): EdgeRemoval[] {
  if (error instanceof LoadBalancerNotFoundException) return [LOAD_BALANCER_MISSING];
  return error instanceof TargetGroupNotFoundException ? [TARGET_GROUP_MISSING] : [];
}

/** Not modelled by the SDK, so known by its code alone. Source: failures L1. */
const UNSUPPORTED = /^UnsupportedCertificate(Exception)?$/;

/** What is only known a moment after it was made or issued; the next run looks again (failures L1, L2, L4, L10). */
function waitingFor(error: unknown): string | undefined {
  const young =
    error instanceof CertificateNotFoundException || (error instanceof Error && UNSUPPORTED.test(error.name));
  if (young) return 'Waiting until the load balancer takes the certificate that ACM has just issued';
  const hidden = error instanceof ListenerNotFoundException || error instanceof DuplicateListenerException;
  return hidden ? 'Waiting until the load balancer shows' : undefined;
}
