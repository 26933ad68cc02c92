import type { CreateListenerInput, CreateListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { findLoadBalancer } from '../find.ts';
import { type LoadBalancer, listenersOf } from '../load-balancers/load-balancer.ts';
import { listen } from '../load-balancers/nodes.ts';
import { onOne, requestTags, taggingOnCreation } from '../permissions.ts';
import type { Region } from '../region.ts';
import { defaultRule } from '../rules/rule.ts';
import { readTags } from '../tags/tag-set.ts';
import { checkTargetsOf } from '../target-groups/checks.ts';
import { type Listener, shownListener } from './listener.ts';
import { readSettings, type Settings } from './settings.ts';

// Source: Application Load Balancers User Guide, "Quotas"; checked 2026-11-22.
export const LISTENERS_PER_LOAD_BALANCER = 50;

/** Makes a listener, also while the load balancer is provisioning. The same settings again are the same listener. */
export function createListener(elb: Elb): Operation<CreateListenerInput, CreateListenerOutput> {
  return {
    ...onOne(elb, ({ LoadBalancerArn }) => LoadBalancerArn),
    conditions: (input) => ({
      ...requestTags(input.Tags),
      'elasticloadbalancing:ListenerProtocol': input.Protocol === undefined ? [] : [input.Protocol],
      'elasticloadbalancing:SecurityPolicy': input.SslPolicy === undefined ? [] : [input.SslPolicy],
    }),
    dependents: ({ LoadBalancerArn = '', Tags }, call) =>
      taggingOnCreation(Tags, call, `listener/${LoadBalancerArn.split(':loadbalancer/')[1]}/*`),
    run(input, call) {
      const region = elb.region(call.region);
      const loadBalancer = findLoadBalancer(region, input.LoadBalancerArn);
      const tags = readTags(input.Tags);
      const settings = readSettings(elb, loadBalancer, { ...input, Actions: input.DefaultActions });
      const standing = listenersOf(loadBalancer);
      const known = standing.find(({ port }) => port === settings.port);
      if (known && sameSettings(known, settings)) return { Listeners: [shownListener(known)] };
      if (known) {
        throw new AwsError('DuplicateListener', 'A listener already exists on this port for this load balancer');
      }
      if (standing.length >= LISTENERS_PER_LOAD_BALANCER) {
        throw new AwsError(
          'TooManyListeners',
          `The maximum number of listeners has been reached on load balancer '${loadBalancer.arn}'`,
        );
      }
      const listener = make(elb, region, { loadBalancer, settings });
      region.tags.put(listener.arn, tags);
      return { Listeners: [shownListener(listener)] };
    },
  };
}

function make(
  elb: Elb,
  region: Region,
  { loadBalancer, settings }: { loadBalancer: LoadBalancer; settings: Settings },
): Listener {
  const { port, protocol, sslPolicy, certificateArn, actions } = settings;
  const path = `${loadBalancer.path}/${elb.host.draws.hex('elasticloadbalancing:id', 16)}`;
  const listener: Listener = {
    arn: elb.arn(region, `listener/${path}`),
    path,
    region,
    loadBalancer,
    port,
    protocol,
    sslPolicy,
    certificateArns: certificateArn === undefined ? [] : [certificateArn],
    rules: [defaultRule(elb, region, { path, actions })],
  };
  region.listeners.set(listener.arn, listener);
  if (certificateArn !== undefined) elb.certificates.use(certificateArn, loadBalancer.arn);
  listen(elb, loadBalancer);
  checkTargetsOf(elb, loadBalancer);
  return listener;
}

const sameSettings = ({ protocol, sslPolicy, certificateArns, rules }: Listener, wanted: Settings): boolean =>
  JSON.stringify([protocol, sslPolicy, certificateArns[0], rules.at(-1)?.actions]) ===
  JSON.stringify([wanted.protocol, wanted.sslPolicy, wanted.certificateArn, wanted.actions]);
