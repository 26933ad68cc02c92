import { CertificateNotFoundException, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import {
  addFurtherCertificate,
  listFurtherCertificates,
  removeFurtherCertificate,
} from '../../aws/load-balancers/listener-certificates.ts';
import { type ListenerSettings, restoreListener } from '../../aws/load-balancers/listener-settings.ts';
import { deleteListener } from '../../aws/load-balancers/listeners.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import { beforeOf, goneOf, madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import { ownLoadBalancers } from '../../resources/load-balancer/own-load-balancers.ts';
import { leavingListeners } from '../shared/load-balancers/leaving-listeners.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Deletes the listeners of ours that are no longer desired, and restores those that were adopted. Another owner's stays,
 * and a load balancer of ours under it with it.
 */
export const handler = step('RemoveListeners', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const loadBalancers = await ownLoadBalancers(elb, record, owner);
  const { go, stay, left, certificates } = await leavingListeners(elb, {
    loadBalancers,
    record,
    owner,
    kept: keptBy(record),
  });
  for (const listener of go) {
    const before = beforeOf(record, 'listener', listener.arn);
    if (before) await restore(elb, { listener, record, owner, before });
    else await deleteListener(elb, listener.arn);
  }
  for (const each of certificates) await removeFurtherCertificate(elb, each);
  return {
    gone: goneOf(record, 'listener', [...stay, ...left.map(({ id }) => id)]),
    output: { left },
    message:
      go.length > 0
        ? `Removed the listeners on ${go.map(({ port }) => port).join(' and ')}`
        : 'No listener of ours is to go',
  };
});

/**
 * Puts a listener back with the certificates that it served by SNI, and none of ours. ELB removes no default certificate from
 * that list, in which ours and the one before may both be (failures L6): what becomes the default leaves it before, what was
 * the default leaves it after. Untagged last: until then another run finds it.
 */
async function restore(
  elb: ElasticLoadBalancingV2Client,
  { listener, record, owner, before }: { listener: Listener; record: SiteRecord; owner: Owner; before: ThingBefore },
): Promise<void> {
  const { arn: listenerArn, certificateArn: soFar } = listener;
  const { settings = {}, certificates } = before;
  const served = listener.protocol === 'HTTPS' ? await listFurtherCertificates(elb, listenerArn) : [];
  const added = [...ownCertificates(record), ...defaultsOf(settings)];
  const leaves = served.filter((arn) => added.includes(arn) && !certificates?.includes(arn));
  const remove = async (arns: readonly string[]) => {
    for (const certificateArn of arns) await removeFurtherCertificate(elb, { listenerArn, certificateArn });
  };
  await remove(leaves.filter((arn) => arn !== soFar));
  await restoreListener(elb, { arn: listenerArn, settings });
  // One that spoke no TLS has no list.
  for (const certificateArn of certificates ?? []) {
    if (!served.includes(certificateArn)) await serveAgain(elb, { listenerArn, certificateArn });
  }
  if (certificates) await remove(leaves.filter((arn) => arn === soFar && !defaultsOf(settings).includes(arn)));
  await untagResource(elb, { arn: listenerArn, tags: ownerTags(owner) });
}

/** The default certificate among a listener's settings. */
function defaultsOf({ Certificates = [] }: ListenerSettings): string[] {
  return Certificates.flatMap(({ CertificateArn }) => CertificateArn ?? []);
}

function ownCertificates(record: SiteRecord): string[] {
  return madeOf(record, 'certificate').map(({ id }) => id);
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
