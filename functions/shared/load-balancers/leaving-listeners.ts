import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listFurtherCertificates } from '../../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../../aws/load-balancers/resource-tags.ts';
import { listRules } from '../../../aws/load-balancers/rules.ts';
import { whyRetained } from '../../../domain/changes/kept.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { beforeOf, madeOf } from '../../../domain/ledger/made-of.ts';
import type { Listener } from '../../../domain/load-balancers/listeners.ts';
import { isOwnedBy, whoseItIs } from '../../../domain/ownership.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';

/** A listener and the load balancer that it is on. */
type PlacedListener = Listener & { loadBalancerArn: string };

export interface LeavingListeners {
  go: PlacedListener[];
  /** The ARNs of those that are kept. */
  stay: string[];
  left: Obstacle[];
  /** Those of ours that are left: what they serve with is retained. */
  retained: Listener[];
  /** The ARNs of the load balancers that are to go and can't: a listener stays on them. */
  occupied: string[];
  /** The certificates of earlier documents that a listener which stays serves. */
  certificates: { listenerArn: string; certificateArn: string }[];
}

/**
 * The listeners of the site's load balancers that are ours and not kept. ELB deletes a listener with its rules, and we make
 * none: one with rules is left, and so is its load balancer. A listener of others keeps a load balancer that is to go from
 * going too; on one that stays it does not concern us.
 */
export async function leavingListeners(
  elb: ElasticLoadBalancingV2Client,
  { loadBalancers, record, owner, kept }: Leaving & { loadBalancers: readonly LoadBalancer[] },
): Promise<LeavingListeners> {
  const found: LeavingListeners = { go: [], stay: [], left: [], retained: [], occupied: [], certificates: [] };
  for (const { arn: on } of loadBalancers) {
    const stays = on === kept.loadBalancerArn;
    const isAdopted = beforeOf(record, 'load balancer', on) !== undefined;
    const listeners = await listListeners(elb, on);
    const staying = listeners.filter(({ port }) => stays && kept.listenerPorts.includes(port));
    found.stay.push(...staying.map(({ arn }) => arn));
    for (const listener of staying)
      found.certificates.push(...(await formerCertificates(elb, listener, { record, kept })));
    const others = listeners.filter((listener) => !staying.includes(listener));
    if (others.length === 0) continue;
    // Of all of them: what looks for the users of a certificate or of a target group asks for the same, and a plan asks once.
    const tagsOf = await readTagsOfEach(
      elb,
      listeners.map(({ arn }) => arn),
    );
    for (const listener of others) {
      const { arn } = listener;
      const tags = tagsOf.get(arn);
      if (!tags) continue;
      const isOurs = isOwnedBy(owner, tags);
      if (!isOurs && (stays || isAdopted)) continue;
      const why = isOurs
        ? beforeOf(record, 'listener', arn)
          ? undefined
          : await whyItStays(elb, listener, {
              certificates: madeOf(record, 'certificate').map(({ id }) => id),
              serves: whyRetained(kept, on)?.serves ? on : undefined,
            })
        : `${whoseItIs(tags)}, and needs the load balancer ${on}. Delete it, ${THEN_AGAIN}`;
      if (why === undefined) {
        found.go.push({ ...listener, loadBalancerArn: on });
        continue;
      }
      found.left.push({ type: 'listener', id: arn, why });
      if (isOurs) found.retained.push(listener);
      if (!stays && !isAdopted) found.occupied.push(on);
    }
  }
  return found;
}

/** What it serves by SNI, or will once it is moved, of other documents of the site: not what it served before it was adopted. */
async function formerCertificates(
  elb: ElasticLoadBalancingV2Client,
  { arn: listenerArn, protocol, certificateArn: byDefault }: Listener,
  { record, kept }: Pick<Leaving, 'record' | 'kept'>,
): Promise<LeavingListeners['certificates']> {
  if (protocol !== 'HTTPS') return [];
  const { certificates: before = [] } = beforeOf(record, 'listener', listenerArn) ?? {};
  const stays = [kept.certificateArn, ...before];
  const served = new Set([...(await listFurtherCertificates(elb, listenerArn)), ...(byDefault ? [byDefault] : [])]);
  return madeOf(record, 'certificate')
    .filter(({ id }) => served.has(id) && !stays.includes(id))
    .map(({ id: certificateArn }) => ({ listenerArn, certificateArn }));
}

interface Attached {
  /** The ARNs of the site's own certificates. */
  certificates: readonly string[];
  /** The load balancer that records of others lead to. */
  serves: string | undefined;
}

/** What others use a listener of ours for: records, rules and certificates by SNI, which ELB deletes with it. */
async function whyItStays(
  elb: ElasticLoadBalancingV2Client,
  { arn, protocol }: Listener,
  { certificates, serves }: Attached,
): Promise<string | undefined> {
  const [rules, further] = await Promise.all([
    listRules(elb, arn),
    protocol === 'HTTPS' ? listFurtherCertificates(elb, arn) : [],
  ]);
  const added = rules.filter(({ isDefault }) => !isDefault);
  const list = added.map((rule) => `${rule.arn}${rule.condition && ` (${rule.condition})`}`).join(', ');
  const foreign = further.filter((certificate) => !certificates.includes(certificate));
  const whys = [
    ...(serves === undefined
      ? []
      : [`it serves the records of others that lead to the load balancer ${serves}. Have them lead elsewhere`]),
    ...(added.length === 0
      ? []
      : [
          `others added rules to it, which would be deleted with it: ${list}. Delete them or move them to another listener`,
        ]),
    ...(foreign.length === 0
      ? []
      : [
          `others added certificates to it, by which it serves their names: ${foreign.join(', ')}. Remove them or move them to another listener`,
        ]),
  ];
  return whys.length === 0 ? undefined : `${whys.join('; ')}, ${THEN_AGAIN}`;
}
