import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listLoadBalancers } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { isOwnedBy, resourceName } from '../../domain/ownership.ts';
import type { Look, Scope } from '../resource.ts';

/**
 * What serves the certificate and is not released: anything but the site's own distribution, and the listeners of its own load
 * balancer, that are.
 */
export async function readUsers(
  { arn, inUseBy }: Certificate,
  { clients, environment: { region } }: Pick<Look, 'clients' | 'environment'>,
  { owner, known, record }: Pick<Scope, 'owner' | 'known' | 'record'>,
): Promise<string[]> {
  const isOurs = (user: string) =>
    user.includes(`:${region}:`) && user.includes(`:loadbalancer/app/${resourceName(owner.domain)}/`);
  const served = known.RemoveDistribution?.left.map(({ id }) => id) ?? [];
  const distributions = record ? madeOf(record, 'distribution').map(({ id }) => id) : [];
  // ACM may name it for a while after it serves another one, or is gone.
  const isLeft = (user: string) => {
    const id = user.split(':distribution/')[1] ?? '';
    return distributions.includes(id) && !served.includes(id);
  };
  const users = inUseBy.filter((user) => !isOurs(user) && !isLeft(user));
  const ours = inUseBy.filter(isOurs);
  if (ours.length === 0) return users;
  const retained = known.RemoveListeners?.left.map(({ id }) => id) ?? [];
  const elb = clients(ElasticLoadBalancingV2Client);
  const existing = [...(await listLoadBalancers(elb)).values()].map((each) => each.arn);
  // ACM may name our load balancer for a while after its listener, or it, is gone.
  for (const loadBalancerArn of ours.filter((each) => existing.includes(each))) {
    const listeners = await listListeners(elb, loadBalancerArn);
    const tags = await readTagsOfEach(
      elb,
      listeners.map((listener) => listener.arn),
    );
    for (const listener of listeners.filter(({ protocol }) => protocol === 'HTTPS')) {
      const tagsOf = tags.get(listener.arn);
      // Gone, although it is still listed; or ours, and removed before the certificate.
      if (!tagsOf || (isOwnedBy(owner, tagsOf) && !retained.includes(listener.arn))) continue;
      const serves =
        listener.certificateArn === arn || (await listFurtherCertificates(elb, listener.arn)).includes(arn);
      if (serves) users.push(`the listener ${listener.arn}`);
    }
  }
  return users;
}
