import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { changeHeaderRule, deleteRule } from '../../aws/load-balancers/header-rules.ts';
import {
  addFurtherCertificate,
  listFurtherCertificates,
  removeFurtherCertificate,
} from '../../aws/load-balancers/listener-certificates.ts';
import { type ListenerSettings, restoreListener } from '../../aws/load-balancers/listener-settings.ts';
import { deleteListener, refuseByDefault } from '../../aws/load-balancers/listeners.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { Change } from '../../domain/changes/change.ts';
import { ORIGIN_HEADER } from '../../domain/distributions/origin-header.ts';
import { Failure } from '../../domain/errors.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import { beforeOf, foundOf } from '../../domain/ledger/made-of.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { hasMadeLockRule, lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import { UNSEEN_MS } from '../eventual-consistency.ts';
import type { Applied, Applying, Scope } from '../resource.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { RULE } from './lock-changes.ts';
import { TYPE } from './names.ts';
import type { OwnListener } from './releases.ts';
import { standingListeners } from './standing.ts';

/** Deletes the listeners of ours that are no longer desired, and restores those that were adopted. */
export const releaseListeners: Applying<DesiredListeners, SeenListeners> = {
  standing: standingListeners,

  async unmark({ resource: { id } }, { own = [] }, { scope: { record, owner } }) {
    const found = own.flatMap(({ listeners }) => listeners).find(({ arn }) => arn === id);
    if (!found) return;
    const rule = hasMadeLockRule(record, found.arn) ? lockRuleIn(found.rules ?? []) : undefined;
    for (const { arn } of [...(rule ? [rule] : []), found])
      await untagResource(client(ElasticLoadBalancingV2Client), { arn, tags: ownerTags(owner) });
  },

  async apply(change, actual, { scope }) {
    const { resource, before } = change;
    const listener = actual.own
      ?.flatMap(({ listeners }) => listeners)
      .find(({ arn, rules = [] }) => arn === resource.id || rules.some((rule) => rule.arn === resource.id));
    if (!listener) throw new Error(`Cannot release the ${resource.type} "${resource.name}": it was not read`);
    if (resource.type === RULE) return releaseRule(change, listener, actual);
    if (change.verb === 'update') return refuse(listener, actual, scope);
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

/** @throws {Failure} where the requests of CloudFront would be refused with all others: its rule is gone, or accepts another secret */
async function refuse(
  listener: OwnListener,
  { secret, ...actual }: SeenListeners,
  scope: Scope,
): Promise<Applied<SeenListeners>> {
  const { secrets = [] } = lockRuleIn(listener.rules ?? []) ?? {};
  if (secret === undefined || !secrets.includes(secret)) throw notAccepted(secrets, { secret, scope });
  await refuseByDefault(client(ElasticLoadBalancingV2Client), listener.arn);
  const refusing: OwnListener = { ...listener, forwards: [], redirects: false, refuses: true };
  const message = 'Port 443 answers 403 to requests that do not come through CloudFront';
  return { actual: { secret, ...replaced(actual, listener, refusing) }, message };
}

function notAccepted(
  secrets: readonly string[],
  { secret, scope: { record, now } }: { secret: string | undefined; scope: Scope },
): Failure {
  const { endedAt } = (record && stepOf(record, 'AttachCertificate')) ?? {};
  const isYoung = endedAt !== undefined && now.getTime() - Date.parse(endedAt) < YOUNG_MS;
  if (secret === undefined || isYoung) {
    return new Failure(
      'NotReady',
      'Waiting until CloudFront and ELB return the secret header that was set a moment ago',
    );
  }
  const why =
    secrets.length === 0
      ? 'its rule for the requests of CloudFront is missing: another tool may have deleted it (CloudTrail: DeleteRule)'
      : 'its rule does not accept the secret header that the distribution sends: another tool may have changed one of them (CloudTrail: ModifyRule, UpdateDistribution)';
  return new Failure('Misconfigured', `Cannot have port 443 refuse other requests: ${why}. Declare the site again`);
}

/** How long ELB may answer from before the rule was made: an operation is not over as soon, unless nothing was waited for. */
const YOUNG_MS = 5 * UNSEEN_MS;

/** Deletes the rule of the lock, or has it accept no secret but that of the distribution. */
async function releaseRule(
  { verb, resource: { id: arn = '' } }: Change,
  listener: OwnListener,
  actual: SeenListeners,
): Promise<Applied<SeenListeners>> {
  const elb = client(ElasticLoadBalancingV2Client);
  const { rules = [] } = listener;
  const rule = rules.find((each) => each.arn === arn);
  const others = rules.filter((each) => each !== rule);
  if (verb === 'delete') {
    await deleteRule(elb, arn);
    const message = 'Deleted the rule for the requests of CloudFront on port 443';
    return { actual: { ...actual, ...replaced(actual, listener, { ...listener, rules: others }) }, message };
  }
  if (!rule || actual.secret === undefined) throw new Error(`Cannot change the rule "${arn}": it was not read`);
  const header = { name: ORIGIN_HEADER, values: [actual.secret] };
  await changeHeaderRule(elb, { arn, header, forwards: rule.forwards });
  const changed = { ...listener, rules: [...others, { ...rule, header }] };
  return { actual: { ...actual, ...replaced(actual, listener, changed) }, message: 'Port 443 accepts one secret' };
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
  const rule = hasMadeLockRule(record, listenerArn) ? lockRuleIn(listener.rules ?? []) : undefined;
  if (rule) await deleteRule(elb, rule.arn);
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
