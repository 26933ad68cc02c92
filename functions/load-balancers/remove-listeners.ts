import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import type { SiteRecord, ThingBefore } from '../../aws/ledger/items.ts';
import { listFurtherCertificates, removeFurtherCertificate } from '../../aws/load-balancers/listener-certificates.ts';
import { restoreListener } from '../../aws/load-balancers/listener-settings.ts';
import { deleteListener } from '../../aws/load-balancers/listeners.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import { keptBy } from '../kept-by.ts';
import { leavingListeners } from '../leaving-listeners.ts';
import { beforeOf, goneOf, madeOf } from '../made-of.ts';
import { outputIfDone } from '../outputs.ts';
import { ownLoadBalancers } from '../own-load-balancers.ts';
import { step } from '../step.ts';

/**
 * Deletes the listeners of ours that are no longer wanted, and gives back those that were adopted. Somebody else's stays,
 * and a load balancer of ours under it with it.
 */
export const handler = step('RemoveListeners', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const loadBalancers = await ownLoadBalancers(elb, record, owner);
  const { go, stay, left } = await leavingListeners(elb, { loadBalancers, record, owner, kept: keptBy(record) });
  for (const { arn } of go) {
    const before = beforeOf(record, 'listener', arn);
    if (before) await giveBack(elb, { arn, owner, before });
    else await deleteListener(elb, arn);
  }
  await letGoOfCertificates(elb, record);
  return {
    gone: goneOf(record, 'listener', [...stay, ...left.map(({ id }) => id)]),
    output: { left },
    message:
      go.length > 0
        ? `Removed the listeners on ${go.map(({ port }) => port).join(' and ')}`
        : 'No listener of ours is to go',
  };
});

/** Untagged last: until then another run finds it. */
async function giveBack(
  elb: ElasticLoadBalancingV2Client,
  { arn, owner, before: { settings = {} } }: { arn: string; owner: Owner; before: ThingBefore },
): Promise<void> {
  await restoreListener(elb, { arn, settings });
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

/** A listener that stays lets go of the certificates that it served for the document so far. */
async function letGoOfCertificates(elb: ElasticLoadBalancingV2Client, record: SiteRecord): Promise<void> {
  const { listenerArn } = outputIfDone(record, 'AttachCertificate') ?? {};
  if (listenerArn === undefined) return;
  const { certificateArn: kept } = keptBy(record);
  const ours = new Set(madeOf(record, 'certificate').map(({ id }) => id));
  for (const certificateArn of await listFurtherCertificates(elb, listenerArn)) {
    if (certificateArn !== kept && ours.has(certificateArn)) {
      await removeFurtherCertificate(elb, { listenerArn, certificateArn });
    }
  }
}
