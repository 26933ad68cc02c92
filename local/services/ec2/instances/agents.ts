import type { Ec2 } from '../ec2.ts';
import { privateDnsName } from '../interfaces/network-interface.ts';
import { type Instance, instanceArn } from './instance.ts';
import { reachesInternet } from './lifecycle.ts';

/** AWS's agent on an instance, as Systems Manager sees it. */
export interface Agent {
  instanceId: string;
  arn: string;
  /** The role whose credentials it finds at the metadata service. */
  roleArn: string | undefined;
  address: string;
  hostName: string;
  since: Date;
  /** When it was last heard of, where it runs no more or reaches nothing. */
  until?: Date;
}

/** The agents of a region's instances: Amazon Linux 2023 brings one. */
export function agentsOf(ec2: Ec2, regionName: string): Agent[] {
  const { instances } = ec2.region(regionName);
  return [...instances.values()].flatMap((instance) => agentOf(ec2, instance) ?? []);
}

function agentOf(ec2: Ec2, instance: Instance): Agent | undefined {
  const { instanceId, agent, state, networkInterface, profile, region } = instance;
  if (!agent || state === 'terminated') return undefined;
  const until = agent.until ?? (reachesInternet(instance) ? undefined : agent.since);
  return {
    instanceId,
    arn: instanceArn(ec2, instance),
    roleArn: profile && ec2.profiles.find(profile.arn)?.roleArn,
    address: networkInterface.privateAddress,
    hostName: privateDnsName(region, networkInterface.privateAddress),
    since: agent.since,
    ...(until && { until }),
  };
}
