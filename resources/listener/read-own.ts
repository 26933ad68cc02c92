import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { listRules } from '../../aws/load-balancers/rules.ts';
import { beforeOf } from '../../domain/ledger/made-of.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import { ownLoadBalancers } from '../load-balancer/own-load-balancers.ts';
import type { Look, Scope } from '../resource.ts';
import type { DesiredListeners } from './changes.ts';
import { TYPE } from './names.ts';
import { readLockRules } from './read-lock.ts';
import { type OwnBalancer, type OwnListener, usedListeners } from './releases.ts';

/** The listeners of the site's load balancers, with what others use them for. */
export async function readOwnListeners(
  { clients }: Look,
  desired: readonly DesiredListeners[],
  scope: Scope,
): Promise<OwnBalancer[]> {
  const { record, owner } = scope;
  if (!record) return [];
  const elb = clients(ElasticLoadBalancingV2Client);
  const balancers = await ownLoadBalancers(elb, record, owner);
  return Promise.all(
    balancers.map(async ({ arn }) => {
      const listeners = await listListeners(elb, arn);
      const used = usedListeners(desired, [{ arn, listeners }], scope);
      return { arn, listeners: await readUses(elb, listeners, { used, scope }) };
    }),
  );
}

async function readUses(
  elb: ElasticLoadBalancingV2Client,
  listeners: readonly Listener[],
  { used, scope: { owner, record, site } }: { used: readonly Listener[]; scope: Scope },
): Promise<OwnListener[]> {
  const isUsed = (listener: Listener) => used.includes(listener);
  // Of all of them: whatever looks for the users of a certificate or of a target group asks for the same, and a plan asks once.
  const tags = listeners.every(isUsed)
    ? new Map<string, Record<string, string>>()
    : await readTagsOfEach(
        elb,
        listeners.map(({ arn }) => arn),
      );
  return Promise.all(
    listeners.map(async (listener): Promise<OwnListener> => {
      const { arn, protocol } = listener;
      const further = async () => (protocol === 'HTTPS' ? listFurtherCertificates(elb, arn) : []);
      const lock = { site, record };
      if (isUsed(listener)) {
        const [certificates, rules] = await Promise.all([further(), readLockRules(elb, listener, lock)]);
        return { ...listener, further: certificates, rules };
      }
      const tagsOf = tags.get(arn);
      if (!tagsOf) return listener;
      const isDeleted = isOwnedBy(owner, tagsOf) && !(record && beforeOf(record, TYPE, arn));
      if (!isDeleted)
        return { ...listener, tags: tagsOf, rules: await readLockRules(elb, listener, { site: undefined, record }) };
      const [rules, certificates] = await Promise.all([listRules(elb, arn), further()]);
      return { ...listener, tags: tagsOf, rules, further: certificates };
    }),
  );
}
