import {
  DescribeListenersCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** What a listener is set to by itself: its rules and further certificates are things of their own. */
export type ListenerSettings = Partial<
  Pick<Listener, 'Port' | 'Protocol' | 'SslPolicy' | 'Certificates' | 'AlpnPolicy' | 'DefaultActions'>
>;

/** The settings of a listener, as ELB tells them. */
export async function readListenerSettings(elb: ElasticLoadBalancingV2Client, arn: string): Promise<ListenerSettings> {
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ ListenerArns: [arn] }));
  const { Port, Protocol, SslPolicy, Certificates, AlpnPolicy, DefaultActions } = Listeners[0] ?? {};
  const told = { Port, Protocol, SslPolicy, Certificates, AlpnPolicy, DefaultActions };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/** Sets a listener to what it was. */
export async function restoreListener(
  elb: ElasticLoadBalancingV2Client,
  { arn, settings }: { arn: string; settings: ListenerSettings },
): Promise<void> {
  await elb.send(new ModifyListenerCommand({ ListenerArn: arn, ...settings }));
}
