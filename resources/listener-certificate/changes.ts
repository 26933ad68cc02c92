import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { listed } from '../../domain/listed.ts';
import {
  balancerName,
  type ExistingBalancer,
  existingBalancerProblem,
  secureListenerOf,
  serves,
  typesOf,
} from '../../domain/load-balancers/existing-balancer.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';
import { type Entry, entryId, entryOf } from './entry.ts';
import {
  type DesiredHostRules,
  preparedRules,
  type RulesOfListener,
  releasedRules,
  type SeenHostRules,
} from './host-rule-changes.ts';

export const TYPE = 'listener certificate';

/** The load balancer whose listener on port 443 is to serve the certificate of the site. */
export interface DesiredEntry {
  loadBalancerArn: string;
  /** Undefined where its rules stay as they are. */
  hostRules?: DesiredHostRules;
}

/** How an entry of ours stands on its listener; "gone" where the listener is, or the entry. */
export interface OwnEntry extends Entry {
  standing: 'by SNI' | 'by default' | 'gone';
  /** The other sites that serve it too. */
  sharedBy?: readonly string[];
}

export interface SeenEntries {
  /** The one that the document names; not read where nothing but a release is decided. */
  balancer?: ExistingBalancer | undefined;
  /** How many certificates besides the default ones the account may have on it. */
  furtherLimit?: number | undefined;
  /** Whether the certificate is served already because another site has added it. */
  isAddedByOther?: boolean;
  /** The entries of ours that the document does not use; not read where nothing is released. */
  own?: readonly OwnEntry[];
  /** Read where the document asks for rules. */
  hostRules?: SeenHostRules | undefined;
  /** Of the listeners that the site has made rules on; not read where nothing is released. */
  ownRules?: readonly RulesOfListener[];
}

export function entryChanges([desired]: readonly DesiredEntry[], seen: SeenEntries, scope: Scope): Change[] {
  return [
    ...inPhase('prepare', desired && !seen.own ? preparation(desired, seen, scope) : []),
    ...releasedRules(seen.ownRules ?? [], { desired: desired?.hostRules, scope }),
    ...inPhase('release', (seen.own ?? []).flatMap(released)),
  ];
}

function preparation(
  { loadBalancerArn: arn, hostRules }: DesiredEntry,
  { balancer, furtherLimit, hostRules: seen }: SeenEntries,
  scope: Scope,
): Unphased[] {
  const name = balancerName(arn);
  const resource: ResourceRef = { type: 'load balancer', name, id: arn };
  const certificateArn = certificateOf(scope);
  const asking = {
    arn,
    tenant: scope.site?.tenant,
    certificateArn,
    furtherLimit,
    behindCdn: scope.site?.cdn !== undefined,
  };
  const problem = existingBalancerProblem(balancer, asking);
  const listener = balancer && secureListenerOf(balancer);
  if (problem !== undefined || !balancer || !listener) {
    return [{ verb: 'conflict', resource, before: {}, message: problem ?? `Cannot use the load balancer "${arn}"` }];
  }
  const { dnsName, scheme } = balancer;
  const use = `Use the load balancer "${name}" as it is: ${dnsName}`;
  const rules =
    hostRules && seen
      ? preparedRules(hostRules, seen, {
          listenerArn: listener.arn,
          loadBalancerArn: arn,
          vpcId: balancer.vpcId,
          scope,
        })
      : [];
  return [kept(resource, { scheme, dnsName }, use), entryChange({ listener, name, certificateArn }), ...rules];
}

function entryChange({
  listener,
  name,
  certificateArn,
}: {
  listener: ExistingBalancer['listeners'][number];
  name: string;
  certificateArn: string;
}): Unphased {
  const resource = entryRef({ listenerArn: listener.arn, certificateArn });
  const state = { listener: listener.arn, certificate: certificateArn };
  if (serves(listener, certificateArn)) {
    return kept(resource, state, `Port 443 of the load balancer "${name}" serves ${certificateArn}`);
  }
  const message = `Serve ${certificateArn} on port 443 of the load balancer "${name}" by SNI too; nothing else of it changes`;
  return { verb: 'create', resource, after: state, message };
}

function released(entry: OwnEntry): Unphased[] {
  const { listenerArn, certificateArn, standing, sharedBy = [] } = entry;
  const name = balancerName(listenerArn);
  if (standing === 'gone') return [];
  const resource = entryRef(entry);
  if (sharedBy.length > 0) {
    const message = `Port 443 of the load balancer "${name}" goes on serving ${certificateArn} for ${listed(sharedBy)}`;
    return [kept(resource, { listener: listenerArn, certificate: certificateArn }, message)];
  }
  if (standing === 'by default') {
    const message = `the listener ${listenerArn} serves ${certificateArn} by default now, and ELB removes no default certificate. Give it another default certificate, ${THEN_AGAIN}`;
    return [{ verb: 'retain', resource, message }];
  }
  const message = `No longer serve ${certificateArn} on port 443 of the load balancer "${name}"`;
  return [{ verb: 'delete', resource, before: { listener: listenerArn, certificate: certificateArn }, message }];
}

const entryRef = (entry: Entry): ResourceRef => ({
  type: TYPE,
  name: `${balancerName(entry.listenerArn)} HTTPS 443 ${entry.certificateArn}`,
  id: entryId(entry),
});

/** @throws {Error} when it is not known: it is prepared first */
export function certificateOf({ known, owner }: Pick<Scope, 'known' | 'owner'>): string {
  const arn = known.RequestCertificate?.certificateArn;
  if (arn === undefined) throw new Error(`Cannot add the certificate of "${owner.domain}": it is not read`);
  return arn;
}

/** The entries that are ours and that the document does not use. */
export function unwantedEntries(desired: readonly DesiredEntry[], { record, known }: Scope): Entry[] {
  const listenerArn = desired.length > 0 ? known.AddListenerCertificate?.listenerArn : undefined;
  const certificateArn = known.AwaitCertificate?.certificateArn;
  const used = listenerArn && certificateArn && entryId({ listenerArn, certificateArn });
  return record ? madeOf(record, TYPE).flatMap(({ id }) => (id === used ? [] : (entryOf(id) ?? []))) : [];
}

export function entryHandles(
  [desired]: readonly DesiredEntry[],
  { balancer }: SeenEntries,
  { known }: Scope,
): StepOutputs['AddListenerCertificate'] | undefined {
  if (!desired) return undefined;
  if (!balancer) return known.AddListenerCertificate;
  const { arn: loadBalancerArn, dnsName, zoneId } = balancer;
  const listenerArn = secureListenerOf(balancer)?.arn ?? '';
  return { loadBalancerArn, listenerArn, dnsName, zoneId, types: typesOf(balancer) };
}
