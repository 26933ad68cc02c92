import { CertificateNotFoundException, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import {
  addFurtherCertificate,
  listFurtherCertificates,
  removeFurtherCertificate,
} from '../../aws/load-balancers/listener-certificates.ts';
import { restoreListener } from '../../aws/load-balancers/listener-settings.ts';
import { deleteListener } from '../../aws/load-balancers/listeners.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import { keptBy } from '../shared/ledger/kept-by.ts';
import { beforeOf, goneOf, madeOf } from '../shared/ledger/made-of.ts';
import { outputIfDone } from '../shared/ledger/outputs.ts';
import { leavingListeners } from '../shared/load-balancers/leaving-listeners.ts';
import { ownLoadBalancers } from '../shared/load-balancers/own-load-balancers.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Deletes the listeners of ours that are no longer wanted, and gives back those that were adopted. Another owner's stays,
 * and a load balancer of ours under it with it.
 */
export const handler = step('RemoveListeners', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const loadBalancers = await ownLoadBalancers(elb, record, owner);
  const { go, stay, left } = await leavingListeners(elb, { loadBalancers, record, owner, kept: keptBy(record) });
  for (const { arn } of go) {
    const before = beforeOf(record, 'listener', arn);
    if (before) await giveBack(elb, { arn, record, owner, before });
    else await deleteListener(elb, arn);
  }
  const { listenerArn } = outputIfDone(record, 'AttachCertificate') ?? {};
  if (listenerArn !== undefined) await letGoOfCertificates(elb, { listenerArn, record });
  return {
    gone: goneOf(record, 'listener', [...stay, ...left.map(({ id }) => id)]),
    output: { left },
    message:
      go.length > 0
        ? `Removed the listeners on ${go.map(({ port }) => port).join(' and ')}`
        : 'No listener of ours is to go',
  };
});

/** With the certificates that it served by SNI, and none of ours. Untagged last: until then another run finds it. */
async function giveBack(
  elb: ElasticLoadBalancingV2Client,
  { arn, record, owner, before }: { arn: string; record: SiteRecord; owner: Owner; before: ThingBefore },
): Promise<void> {
  const { settings = {}, certificates } = before;
  await restoreListener(elb, { arn, settings });
  // One without TLS has none.
  const served = certificates && (await letGoOfCertificates(elb, { listenerArn: arn, record }));
  for (const certificateArn of certificates ?? []) {
    if (!served?.includes(certificateArn)) await serveAgain(elb, { listenerArn: arn, certificateArn });
  }
  await untagResource(elb, { arn, tags: ownerTags(owner) });
}

async function serveAgain(
  elb: ElasticLoadBalancingV2Client,
  further: { listenerArn: string; certificateArn: string },
): Promise<void> {
  try {
    await addFurtherCertificate(elb, further);
  } catch (error) {
    // It was deleted since.
    if (!(error instanceof CertificateNotFoundException)) throw error;
  }
}

/**
 * Has a listener no longer serve the certificates that it served for other documents of the site, except those that it
 * served before it was adopted. Gives what it served by SNI before this.
 */
async function letGoOfCertificates(
  elb: ElasticLoadBalancingV2Client,
  { listenerArn, record }: { listenerArn: string; record: SiteRecord },
): Promise<string[]> {
  const { certificates: before = [] } = beforeOf(record, 'listener', listenerArn) ?? {};
  const ours = madeOf(record, 'certificate').map(({ id }) => id);
  const stays = [keptBy(record).certificateArn, ...before];
  const served = await listFurtherCertificates(elb, listenerArn);
  for (const certificateArn of served) {
    if (ours.includes(certificateArn) && !stays.includes(certificateArn)) {
      await removeFurtherCertificate(elb, { listenerArn, certificateArn });
    }
  }
  return served;
}
