import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listLoadBalancers } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { isOwnedBy, resourceName } from '../../domain/ownership.ts';
import type { Look, Scope } from '../resource.ts';

/** What serves the certificate and is not released: anything but the listeners of the site's own load balancer that are. */
export async function readUsers(
  { arn, inUseBy }: Certificate,
  { clients }: Pick<Look, 'clients'>,
  { owner, known }: Pick<Scope, 'owner' | 'known'>,
): Promise<string[]> {
  const isOurs = (user: string) => user.includes(`:loadbalancer/app/${resourceName(owner.domain)}/`);
  const users = inUseBy.filter((user) => !isOurs(user));
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
