import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { addFurtherCertificate } from '../../aws/load-balancers/listener-certificates.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { secureListenerOf } from '../../domain/load-balancers/existing-balancer.ts';
import { awaitTags } from '../eventual-consistency.ts';
import { notYetReturned } from '../listener/not-yet-returned.ts';
import type { Applying } from '../resource.ts';
import { applyHostRule } from './apply-host-rule.ts';
import { certificateOf, type DesiredEntry, type SeenEntries, TYPE } from './changes.ts';
import { entryId, entryOf } from './entry.ts';
import { hostRuleId, RULE, usedRules } from './host-rule-changes.ts';
import { listenerCertificate } from './listener-certificate.ts';

/** Has the listener on port 443 of the load balancer serve the certificate by SNI. An entry that was there before is not ours. */
export const addListenerCertificate: Applying<DesiredEntry, SeenEntries> = {
  standing([desired], { balancer, hostRules, isAddedByOther = false }, scope) {
    const listener = balancer && secureListenerOf(balancer);
    if (!listener) return [];
    const id = entryId({ listenerArn: listener.arn, certificateArn: certificateOf(scope) });
    // What was ours stays ours in the ledger.
    const rules = desired?.hostRules && hostRules ? usedRules(hostRules.rules, desired.hostRules) : [];
    return [
      { type: TYPE, id, ours: isAddedByOther },
      ...rules.map(({ hosts = [] }): Made => ({ type: RULE, id: hostRuleId(listener.arn, hosts), ours: true })),
    ];
  },

  checkComplete({ balancer, hostRules }, { scope, previous, revision }) {
    const listenerArn = balancer && secureListenerOf(balancer)?.arn;
    const made = previous?.made.filter(({ type }) => type === RULE).map(({ id }) => id) ?? [];
    for (const { hosts = [], tags = {}, arn } of hostRules?.rules ?? []) {
      if (listenerArn === undefined || !made.includes(hostRuleId(listenerArn, hosts))) continue;
      awaitTags({ ...tags }, { what: `the rule ${arn}`, previous, revision, now: scope.now });
    }
  },

  async apply(change, actual, doing) {
    const { id = '' } = change.resource;
    const { keep, scope } = doing;
    if (change.resource.type === RULE) {
      const [{ hostRules } = {} as Partial<DesiredEntry>] = listenerCertificate.desired(scope);
      const listenerArn = actual.balancer && secureListenerOf(actual.balancer)?.arn;
      if (!hostRules || listenerArn === undefined) throw new Error(`Cannot make the rule "${id}": it was not read`);
      return applyHostRule(change, actual, { listenerArn, hostRules, doing });
    }
    const entry = entryOf(id);
    const { balancer } = actual;
    if (!entry || !balancer) throw new Error(`Cannot add the certificate "${id}": its load balancer was not read`);
    const { listenerArn, certificateArn } = entry;
    // Before the call: an entry whose answer is lost is ours all the same.
    await keep({ type: TYPE, id, ours: true });
    await addFurtherCertificate(client(ElasticLoadBalancingV2Client), entry);
    const listeners = balancer.listeners.map((each) =>
      each.arn === listenerArn ? { ...each, further: [...each.further, certificateArn] } : each,
    );
    const message = `Port 443 of ${balancer.dnsName} serves ${certificateArn} by SNI too`;
    return { actual: { ...actual, balancer: { ...balancer, listeners } }, message };
  },

  explain: notYetReturned,
};
