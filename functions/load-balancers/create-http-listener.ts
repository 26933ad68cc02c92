import {
  DuplicateListenerException,
  ElasticLoadBalancingV2Client,
  ListenerNotFoundException,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { readListenerSettings } from '../../aws/load-balancers/listener-settings.ts';
import { changeToRedirect, createRedirectListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags, tagResource } from '../../aws/load-balancers/resource-tags.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { httpListenerProblem } from '../../domain/load-balancers/listeners.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { awaitTags } from '../../resources/eventual-consistency.ts';
import { type StepContext, step } from '../shared/steps/step.ts';

/** What is told where nothing shall listen on port 80. */
const REJECTS = {
  none: 'Nothing listens on port 80, as declared',
  standing: 'Port 80 is closed when the site has been seen to work, as declared, and its listener goes',
};

/** Makes the listener on port 80 that sends viewers to https, or sees to it that nothing else answers there. */
export const handler = step('CreateHttpListener', async ({ site, item, record, environment, previous, now, keep }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  try {
    const standing = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 80);
    const owner = { domain: site.domain, stack: environment.stackName };
    const tags = standing ? await readResourceTags(elb, standing.arn) : {};
    if (standing) awaitTags(tags, { what: 'the listener on port 80', previous, revision: item.revision, now });
    const adopted = standing !== undefined && beforeOf(record, 'listener', standing.arn) !== undefined;
    const about = { http: site.http, owner, adopt: site.adopt, adopted };
    const problem = httpListenerProblem(standing && { ...standing, tags }, about);
    if (problem) throw new Failure('Conflict', problem);
    if (site.http === 'reject') return { output: {}, message: REJECTS[standing ? 'standing' : 'none'] };
    if (standing && !standing.redirects) await bringIntoLine(elb, { arn: standing.arn, owner, tags, keep });
    const arn = standing?.arn ?? (await createRedirectListener(elb, { loadBalancerArn, tags: ownerTags(owner) }));
    return {
      made: [made(arn)],
      output: {},
      message: 'Port 80 sends viewers to https for good (301)',
    };
  } catch (error) {
    // Known, or shown, a moment after it was made: the next run looks again (failures L4, L10).
    if (
      error instanceof LoadBalancerNotFoundException ||
      error instanceof ListenerNotFoundException ||
      error instanceof DuplicateListenerException
    ) {
      throw new Failure('NotReady', 'Waiting until the load balancer shows', { cause: error });
    }
    throw error;
  }
});

/** What is to be adopted is remembered before it is touched, and tagged first: an undo finds it from then on. */
async function bringIntoLine(
  elb: ElasticLoadBalancingV2Client,
  { arn, owner, tags, keep }: { arn: string; owner: Owner; tags: Record<string, string>; keep: StepContext['keep'] },
): Promise<void> {
  if (!isOwnedBy(owner, tags)) {
    await keep({ ...made(arn), before: { tags, settings: await readListenerSettings(elb, arn) } });
    await tagResource(elb, { arn, tags: ownerTags(owner) });
  }
  await changeToRedirect(elb, arn);
}

function made(id: string): Made {
  return { type: 'listener', id, ours: true, detail: 'HTTP 80, 301 to https' };
}
