import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../../aws/error-code.ts';
import { listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { readListenerSettings } from '../../aws/load-balancers/listener-settings.ts';
import { readExistingBalancer } from '../../aws/load-balancers/read-existing-balancer.ts';
import { readLoadBalancerLimits } from '../../aws/quotas/load-balancer-limits.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { type ExistingBalancer, isFull, secureListenerOf } from '../../domain/load-balancers/existing-balancer.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { originNameOf } from '../../domain/sites/cdn.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import {
  certificateOf,
  type DesiredEntry,
  entryChanges,
  entryHandles,
  type OwnEntry,
  type SeenEntries,
  TYPE,
  unwantedEntries,
} from './changes.ts';
import type { Entry } from './entry.ts';
import { listenerOf, RULE, type RulesOfListener } from './host-rule-changes.ts';
import { readHostRules, readRules } from './read-host-rules.ts';
import { isAddedBy, readSharing } from './read-sharing.ts';

/**
 * The certificate of the site in the list of a load balancer that exists: its listener on port 443 serves it by SNI. Where the
 * document asks for it, a rule forwards requests for its names. Nothing else of that load balancer is changed; the entry is removed
 * again unless it was there before, and so are the rules.
 */
export const listenerCertificate: Resource<DesiredEntry, SeenEntries, StepOutputs['AddListenerCertificate']> = {
  type: TYPE,
  parts: [RULE],
  desired: ({ site }) => {
    if (!site || !needsResource(site, TYPE)) return [];
    const { loadBalancerArn, hostRule } = originOf(site);
    if (loadBalancerArn === undefined) return [];
    const originName = originNameOf(site);
    const names = [...servedNames(site), ...(originName === undefined ? [] : [originName])];
    return [{ loadBalancerArn, ...(hostRule && { hostRules: { ...hostRule, names } }) }];
  },
  read: readEntries,
  changes: entryChanges,
  handles: (desired, seen, scope) => entryHandles(desired, seen ?? {}, scope),
};

async function readEntries(look: Look, scope: Scope): Promise<SeenEntries> {
  const desired = listenerCertificate.desired(scope);
  if (look.phase === 'release') {
    const [own, ownRules] = await Promise.all([
      Promise.all(unwantedEntries(desired, scope).map((entry) => readOwn(look, entry, scope))),
      readOwnRules(look, scope),
    ]);
    return { own, ownRules };
  }
  const [wanted] = desired;
  if (!wanted) return {};
  const elb = look.clients(ElasticLoadBalancingV2Client);
  const balancer = await readExistingBalancer(elb, wanted.loadBalancerArn);
  if (!balancer) return {};
  const { hostRules } = wanted;
  const [isAddedByOther, room, rules] = await Promise.all([
    readIsAddedByOther(look, balancer, scope),
    readRoom(elb, balancer),
    hostRules && readHostRules(elb, balancer, { targetGroup: hostRules.targetGroup, owner: scope.owner }),
  ]);
  return { balancer, ...room, ...(isAddedByOther && { isAddedByOther }), ...(rules && { hostRules: rules }) };
}

/** Of the listeners that the ledger names. */
function readOwnRules({ clients }: Look, { record, owner }: Scope): Promise<RulesOfListener[]> {
  const arns = new Set(record ? madeOf(record, RULE).map(({ id }) => listenerOf(id)) : []);
  return Promise.all(
    [...arns].map(async (listenerArn) => ({
      listenerArn,
      rules: await readRules(clients(ElasticLoadBalancingV2Client), listenerArn, owner),
    })),
  );
}

/** What AWS allows is asked for only where it matters. */
export async function readRoom(
  elb: ElasticLoadBalancingV2Client,
  balancer: NonNullable<SeenEntries['balancer']>,
): Promise<{ furtherLimit?: number }> {
  if (!isFull(balancer)) return {};
  const { certificatesPerLoadBalancer } = await readLoadBalancerLimits(elb);
  // With the default certificate of one listener.
  return certificatesPerLoadBalancer === undefined ? {} : { furtherLimit: certificatesPerLoadBalancer - 1 };
}

/** Where it is served by SNI already, and so kept. */
async function readIsAddedByOther({ ledger }: Look, balancer: ExistingBalancer, scope: Scope): Promise<boolean> {
  const listener = secureListenerOf(balancer);
  const certificateArn = certificateOf(scope);
  if (!listener?.further.includes(certificateArn)) return false;
  const entry = { listenerArn: listener.arn, certificateArn };
  return isAddedBy(ledger, entry, await readSharing(ledger, entry, scope));
}

async function readOwn({ clients, ledger }: Look, entry: Entry, scope: Scope): Promise<OwnEntry> {
  const elb = clients(ElasticLoadBalancingV2Client);
  const { listenerArn, certificateArn } = entry;
  try {
    const [sharedBy, further, { Certificates = [] }] = await Promise.all([
      readSharing(ledger, entry, scope),
      listFurtherCertificates(elb, listenerArn),
      readListenerSettings(elb, listenerArn),
    ]);
    const isDefault = Certificates.some(({ CertificateArn }) => CertificateArn === certificateArn);
    if (isDefault) return { ...entry, standing: 'by default' };
    return { ...entry, standing: further.includes(certificateArn) ? 'by SNI' : 'gone', sharedBy };
  } catch (error) {
    if (isCode(error, 'ListenerNotFound')) return { ...entry, standing: 'gone' };
    throw error;
  }
}
