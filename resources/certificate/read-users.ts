import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listLoadBalancers } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { isOwnedBy, resourceName } from '../../domain/ownership.ts';
import { entryId } from '../listener-certificate/entry.ts';
import type { Look, Scope } from '../resource.ts';

/**
 * What serves the certificate and is not released: anything but the site's own distribution, the listeners of the site and those it
 * was added to, that are. ACM may name a load balancer for a while after its listener, or it, is gone: the listeners are read.
 */
export async function readUsers(
  { arn, inUseBy }: Certificate,
  { clients, environment: { region } }: Pick<Look, 'clients' | 'environment'>,
  { owner, known, record }: Pick<Scope, 'owner' | 'known' | 'record'>,
): Promise<string[]> {
  const { left = [], removed = [] } = known.RemoveDistribution ?? {};
  const served = left.map(({ id }) => id);
  const distributions = [...removed, ...(record ? madeOf(record, 'distribution').map(({ id }) => id) : [])];
  // ACM may name it for a while after it serves another one, or is gone.
  const isLeft = (user: string) => {
    const id = user.split(':distribution/')[1] ?? '';
    return distributions.includes(id) && !served.includes(id);
  };
  const balancers = inUseBy.filter((user) => user.includes(`:${region}:`) && user.includes(':loadbalancer/app/'));
  const users = inUseBy.filter((user) => !balancers.includes(user) && !isLeft(user));
  if (balancers.length === 0) return users;
  const entries = record ? madeOf(record, 'listener certificate').map(({ id }) => id) : [];
  const stay = [known.RemoveListenerCertificates, known.RemoveListeners].flatMap(
    (step) => step?.left.map(({ id }) => id) ?? [],
  );
  const isReleased = (id: string, isOurs: boolean) => isOurs && !stay.includes(id);
  const elb = clients(ElasticLoadBalancingV2Client);
  const existing = [...(await listLoadBalancers(elb)).values()].map((each) => each.arn);
  const isOurs = (user: string) => user.includes(`:loadbalancer/app/${resourceName(owner.domain)}/`);
  users.push(...balancers.filter((each) => !existing.includes(each) && !isOurs(each)));
  for (const loadBalancerArn of balancers.filter((each) => existing.includes(each))) {
    const listeners = await listListeners(elb, loadBalancerArn);
    const tags = await readTagsOfEach(
      elb,
      listeners.map((listener) => listener.arn),
    );
    for (const listener of listeners.filter(({ protocol }) => protocol === 'HTTPS')) {
      const tagsOf = tags.get(listener.arn);
      // Gone, although it is still listed; or ours, and removed before the certificate.
      if (!tagsOf || isReleased(listener.arn, isOwnedBy(owner, tagsOf))) continue;
      const entry = entryId({ listenerArn: listener.arn, certificateArn: arn });
      if (isReleased(entry, entries.includes(entry))) continue;
      const serves =
        listener.certificateArn === arn || (await listFurtherCertificates(elb, listener.arn)).includes(arn);
      if (serves) users.push(`the listener ${listener.arn}`);
    }
  }
  return users;
}
