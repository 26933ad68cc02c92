import {
  CertificateNotFoundException,
  DuplicateListenerException,
  ElasticLoadBalancingV2Client,
  ListenerNotFoundException,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { changeSecureListener, createSecureListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags } from '../../aws/load-balancers/resource-tags.ts';
import { Failure } from '../../domain/errors.ts';
import { type Listener, secureListenerProblem, servesAsWanted } from '../../domain/load-balancers/listeners.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import { outputOf } from '../outputs.ts';
import { step } from '../step.ts';

/** Makes the HTTPS listener on port 443 with the certificate. The load balancer may still be in the making. */
export const handler = step('AttachCertificate', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  try {
    const standing = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 443);
    const listenerArn = standing
      ? await bringIntoLine(elb, { standing, owner, certificateArn, targetGroupArn })
      : await createSecureListener(elb, { loadBalancerArn, certificateArn, targetGroupArn, tags: ownerTags(owner) });
    return {
      made: [{ type: 'listener', id: listenerArn, ours: true, detail: 'HTTPS 443' }],
      output: { listenerArn },
      message: 'Port 443 serves the certificate and forwards to the instance',
    };
  } catch (error) {
    const waiting = waitingFor(error);
    if (waiting) throw new Failure('NotReady', waiting, { cause: error });
    throw error;
  }
});

async function bringIntoLine(
  elb: ElasticLoadBalancingV2Client,
  { standing, owner, ...secure }: { standing: Listener; owner: Owner; certificateArn: string; targetGroupArn: string },
): Promise<string> {
  const { arn } = standing;
  if (servesAsWanted(standing, secure)) return arn;
  const problem = secureListenerProblem({ arn, tags: await readResourceTags(elb, arn) }, owner);
  if (problem) throw new Failure('Conflict', problem);
  await changeSecureListener(elb, { listenerArn: arn, ...secure });
  return arn;
}

/** Not modelled by the SDK, so known by its code alone. Source: failures L1. */
const UNSUPPORTED = /^UnsupportedCertificate(Exception)?$/;

/** What is only known a moment after it was made or issued; the next run looks again (failures L1, L2, L4, L10). */
function waitingFor(error: unknown): string | undefined {
  const young =
    error instanceof CertificateNotFoundException || (error instanceof Error && UNSUPPORTED.test(error.name));
  if (young) return 'Waiting until the load balancer takes the certificate that ACM has just issued';
  const hidden =
    error instanceof LoadBalancerNotFoundException ||
    error instanceof ListenerNotFoundException ||
    error instanceof DuplicateListenerException;
  return hidden ? 'Waiting until the load balancer shows' : undefined;
}
