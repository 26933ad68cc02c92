import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { Instance } from '../../domain/servers/instance.ts';
import { tagFilters } from '../tags.ts';
import { instanceFacts } from './instance-facts.ts';

/** The instance of that id; undefined when this account and region has none. A filter, because an unknown id is no error. */
export async function describeInstance(ec2: EC2Client, id: string): Promise<Instance | undefined> {
  const found = await list(ec2, [{ Name: 'instance-id', Values: [id] }]);
  return found.find((instance) => instance.id === id);
}

/** The instances that bear all of these tags and are not terminated. */
export async function listTaggedInstances(ec2: EC2Client, tags: Record<string, string>): Promise<Instance[]> {
  const found = await list(ec2, tagFilters(tags));
  return found.filter(({ state }) => state !== 'terminated');
}

/** The instance that a launch with that token has made; undefined where EC2 does not return it. */
export async function findLaunched(ec2: EC2Client, token: string): Promise<Instance | undefined> {
  const [found] = await list(ec2, [{ Name: 'client-token', Values: [token] }]);
  return found;
}

async function list(ec2: EC2Client, Filters: { Name: string; Values: string[] }[]): Promise<Instance[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) => Instances).map(instanceFacts);
}
