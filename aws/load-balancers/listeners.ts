import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenersCommand,
  type ElasticLoadBalancingV2Client,
  type Listener as ListenerShape,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Forward } from '../../domain/load-balancers/forwards.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { tlsPolicyFor } from '../../domain/load-balancers/tls-policy.ts';
import { isCode } from '../error-code.ts';
import { tagList } from '../tags.ts';
import { forwarding, forwardsOf, isRefusal, isToHttps, REFUSAL, TO_HTTPS } from './actions.ts';

/** The listeners of a load balancer, all pages. */
export async function listListeners(elb: ElasticLoadBalancingV2Client, loadBalancerArn: string): Promise<Listener[]> {
  const found: Listener[] = [];
  let Marker: string | undefined;
  do {
    const page = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: loadBalancerArn, ...(Marker !== undefined && { Marker }) }),
    );
    found.push(...(page.Listeners ?? []).map(listener));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** Makes the listener on port 80 that sends every request to https. */
export async function createRedirectListener(
  elb: ElasticLoadBalancingV2Client,
  { loadBalancerArn, tags }: { loadBalancerArn: string; tags: Record<string, string> },
): Promise<string> {
  const { Listeners = [] } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [TO_HTTPS],
      Tags: tagList(tags),
    }),
  );
  return Listeners[0]?.ListenerArn ?? '';
}

/** Has the listener on port 80 send every request to https. */
export async function changeToRedirect(elb: ElasticLoadBalancingV2Client, listenerArn: string): Promise<void> {
  await elb.send(new ModifyListenerCommand({ ListenerArn: listenerArn, DefaultActions: [TO_HTTPS] }));
}

interface Secure {
  certificateArn: string;
  /** Where all requests go that no rule forwards: where the list is empty, they are answered 403; left out, it stays. */
  forwards?: readonly Forward[];
  /** The policy that the listener has: left when it is one of today's. */
  tlsPolicy?: string | undefined;
}

/** Makes the listener on port 443. The load balancer may still be in the making. */
export async function createSecureListener(
  elb: ElasticLoadBalancingV2Client,
  {
    loadBalancerArn,
    tags,
    ...secure
  }: Required<Pick<Secure, 'certificateArn' | 'forwards'>> & {
    loadBalancerArn: string;
    tags: Record<string, string>;
  },
): Promise<string> {
  const settings = { DefaultActions: [], ...secureSettings(secure) };
  const { Listeners = [] } = await elb.send(
    new CreateListenerCommand({ LoadBalancerArn: loadBalancerArn, ...settings, Tags: tagList(tags) }),
  );
  return Listeners[0]?.ListenerArn ?? '';
}

/** Changes where a listener forwards to, and leaves its certificate and its TLS policy. */
export async function changeForwards(
  elb: ElasticLoadBalancingV2Client,
  { listenerArn, forwards }: { listenerArn: string; forwards: readonly Forward[] },
): Promise<void> {
  await elb.send(new ModifyListenerCommand({ ListenerArn: listenerArn, DefaultActions: [forwarding(forwards)] }));
}

/** Has a listener answer 403 to every request that no rule forwards, and leaves its certificate and its TLS policy. */
export async function refuseByDefault(elb: ElasticLoadBalancingV2Client, listenerArn: string): Promise<void> {
  await elb.send(new ModifyListenerCommand({ ListenerArn: listenerArn, DefaultActions: [REFUSAL] }));
}

/** Gives the listener on port 443 another certificate, other target groups, or a TLS policy of today. */
export async function changeSecureListener(
  elb: ElasticLoadBalancingV2Client,
  { listenerArn, ...secure }: Secure & { listenerArn: string },
): Promise<void> {
  await elb.send(new ModifyListenerCommand({ ListenerArn: listenerArn, ...secureSettings(secure) }));
}

/** Deletes a listener; one that isn't there is deleted already. */
export async function deleteListener(elb: ElasticLoadBalancingV2Client, arn: string): Promise<void> {
  try {
    await elb.send(new DeleteListenerCommand({ ListenerArn: arn }));
  } catch (error) {
    if (!isCode(error, 'ListenerNotFound')) throw error;
  }
}

function secureSettings({ certificateArn, forwards, tlsPolicy }: Secure) {
  return {
    Protocol: 'HTTPS' as const,
    Port: 443,
    SslPolicy: tlsPolicyFor(tlsPolicy),
    Certificates: [{ CertificateArn: certificateArn }],
    ...(forwards && { DefaultActions: [forwards.length === 0 ? REFUSAL : forwarding(forwards)] }),
  };
}

function listener(told: ListenerShape): Listener {
  const { DefaultActions: actions = [], Certificates: certificates = [] } = told;
  const only = actions.length === 1 ? actions[0] : undefined;
  const certificateArn = certificates[0]?.CertificateArn;
  return {
    arn: told.ListenerArn ?? '',
    port: told.Port ?? 0,
    protocol: told.Protocol ?? '',
    ...(certificateArn !== undefined && { certificateArn }),
    ...(told.SslPolicy !== undefined && { tlsPolicy: told.SslPolicy }),
    forwards: only ? forwardsOf(only) : [],
    redirects: isToHttps(only),
    ...(isRefusal(only) && { refuses: true }),
  };
}
