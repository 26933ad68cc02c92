import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { deleteRule } from '../../aws/load-balancers/header-rules.ts';
import { removeFurtherCertificate } from '../../aws/load-balancers/listener-certificates.ts';
import { untagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying } from '../resource.ts';
import { type DesiredEntry, type SeenEntries, TYPE, unwantedEntries } from './changes.ts';
import { entryId, entryOf } from './entry.ts';
import { hostRuleId, RULE, type RulesOfListener, type UnwantedRule, unwantedRules } from './host-rule-changes.ts';

/** Removes the entries that the site has added and does not use any more: the listener serves everything else as before. */
export const removeListenerCertificates: Applying<DesiredEntry, SeenEntries> = {
  standing(desired, { own = [], ownRules = [] }, scope) {
    const rules = unwantedRules(ownRules, { desired: desired[0]?.hostRules, scope }).map(ruleId);
    const unwanted = [...unwantedEntries(desired, scope).map(entryId), ...rules];
    const used = (scope.record?.steps ?? [])
      .flatMap(({ made }) => made)
      .filter(({ type, id }) => (type === TYPE || (type === RULE && isThere(ownRules, id))) && !unwanted.includes(id));
    // What other sites go on serving is theirs from now on.
    const retained = own.filter(({ standing, sharedBy = [] }) => standing !== 'gone' && sharedBy.length === 0);
    return [...used, ...retained.map((each): Made => ({ type: TYPE, id: entryId(each), ours: true }))];
  },

  async unmark({ resource: { type, id = '' } }, _, { scope }) {
    if (type !== RULE) return;
    await untagResource(client(ElasticLoadBalancingV2Client), { arn: id, tags: ownerTags(scope.owner) });
  },

  async apply({ resource: { type, id = '' } }, actual) {
    const { own = [], ownRules = [] } = actual;
    if (type === RULE) {
      await deleteRule(client(ElasticLoadBalancingV2Client), id);
      const left = ownRules.map(({ rules, ...each }) => ({ ...each, rules: rules.filter(({ arn }) => arn !== id) }));
      return { actual: { ...actual, ownRules: left }, message: `Deleted the rule ${id}` };
    }
    const entry = entryOf(id);
    if (!entry) throw new Error(`Cannot remove the certificate "${id}": it was not read`);
    await remove(entry);
    return {
      actual: {
        ...actual,
        own: own.map((each) => (entryId(each) === id ? { ...each, standing: 'gone' as const } : each)),
      },
      message: `The listener ${entry.listenerArn} no longer serves ${entry.certificateArn}`,
    };
  },
};

const ruleId = ({ listenerArn, hosts }: UnwantedRule): string => hostRuleId(listenerArn, hosts);

const isThere = (seen: readonly RulesOfListener[], id: string): boolean =>
  seen.some(({ listenerArn, rules }) =>
    rules.some(({ isOurs, hosts = [] }) => isOurs && hostRuleId(listenerArn, hosts) === id),
  );

async function remove(entry: { listenerArn: string; certificateArn: string }): Promise<void> {
  try {
    await removeFurtherCertificate(client(ElasticLoadBalancingV2Client), entry);
  } catch (error) {
    // Deleted by its owner since it was read, and the entry with it.
    if (!isCode(error, 'ListenerNotFound')) throw error;
  }
}
