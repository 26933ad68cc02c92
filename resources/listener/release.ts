import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import {
  addFurtherCertificate,
  listFurtherCertificates,
  removeFurtherCertificate,
} from '../../aws/load-balancers/listener-certificates.ts';
import { type ListenerSettings, restoreListener } from '../../aws/load-balancers/listener-settings.ts';
import { deleteListener } from '../../aws/load-balancers/listeners.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { beforeOf, foundOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import type { Applied, Applying, Scope } from '../resource.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { TYPE } from './names.ts';
import type { OwnListener } from './releases.ts';
import { standingListeners } from './standing.ts';

/** Deletes the listeners of ours that are no longer desired, and restores those that were adopted. */
export const releaseListeners: Applying<DesiredListeners, SeenListeners> = {
  standing: standingListeners,

  async apply({ resource, before }, actual, { scope }) {
    const listener = actual.own?.flatMap(({ listeners }) => listeners).find(({ arn }) => arn === resource.id);
    if (!listener) throw new Error(`Cannot release the ${resource.type} "${resource.name}": it was not read`);
    if (resource.type !== TYPE) {
      const { certificate } = before as { certificate: string };
      return removeCertificate(certificate, listener, actual);
    }
    await release(listener, scope);
    return { actual: replaced(actual, listener), message: `Released the listener on port ${listener.port}` };
  },
};

/** What is there when a listener is changed, or deleted. */
function replaced({ own = [] }: SeenListeners, former: OwnListener, by?: OwnListener): SeenListeners {
  return {
    own: own.map(({ arn, listeners }) => ({
      arn,
      listeners: listeners.flatMap((each) => (each === former ? (by ? [by] : []) : [each])),
    })),
  };
}

async function removeCertificate(
  certificateArn: string,
  listener: OwnListener,
  actual: SeenListeners,
): Promise<Applied<SeenListeners>> {
  const elb = client(ElasticLoadBalancingV2Client);
  await removeFurtherCertificate(elb, { listenerArn: listener.arn, certificateArn });
  const { certificateArn: byDefault, further = [], ...rest } = listener;
  const changed: OwnListener = {
    ...rest,
    further: further.filter((arn) => arn !== certificateArn),
    ...(byDefault !== undefined && byDefault !== certificateArn && { certificateArn: byDefault }),
  };
  const message = `Port ${listener.port} no longer serves ${certificateArn}`;
  return { actual: replaced(actual, listener, changed), message };
}

async function release(listener: OwnListener, { record, owner }: Scope): Promise<void> {
  const elb = client(ElasticLoadBalancingV2Client);
  const before = record && beforeOf(record, TYPE, listener.arn);
  if (record && before) await restore(elb, { listener, record, owner, before });
  else await deleteListener(elb, listener.arn);
}

/**
 * Puts a listener back with the certificates that it served by SNI, and none of ours. ELB removes no default certificate from
 * that list, in which ours and the one before may both be (failures L6): what becomes the default leaves it before, what was
 * the default leaves it after. Untagged last: until then another run finds it.
 */
async function restore(
  elb: ElasticLoadBalancingV2Client,
  { listener, record, owner, before }: { listener: OwnListener; record: SiteRecord; owner: Owner; before: ThingBefore },
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
  return foundOf(record, 'certificate').map(({ id }) => id);
}

async function serveAgain(
  elb: ElasticLoadBalancingV2Client,
  further: { listenerArn: string; certificateArn: string },
): Promise<void> {
  try {
    await addFurtherCertificate(elb, further);
  } catch (error) {
    // It was deleted since.
    if (!isCode(error, 'CertificateNotFound')) throw error;
  }
}
