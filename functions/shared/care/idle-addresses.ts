import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../../aws/clients.ts';
import { describeInstance } from '../../../aws/servers/describe-instance.ts';
import { listAddresses } from '../../../aws/servers/list-addresses.ts';
import { addressConcerns } from '../../../domain/care/address-concerns.ts';
import type { Concerns } from '../../../domain/care/concern.ts';
import { needsElasticIp } from '../../../domain/edges/edge.ts';
import { isOwnedBy } from '../../../domain/ownership.ts';
import { servedDocument } from './look-at-site.ts';
import type { Looking } from './resource-concerns.ts';

/** The Elastic IPs of a site that lead to no running server; EC2 is asked of a site that has had one alone. */
export async function idleAddresses({ record, environment }: Looking, area: string): Promise<Concerns> {
  const { domain } = record.item;
  const hadOne = record.steps.some(({ made }) => made.some(({ type }) => type === 'elastic address'));
  if (!hadOne) return { concerns: [], unseen: [] };
  const ec2 = client(EC2Client);
  const owner = { domain, stack: environment.stackName };
  const tagged = await listAddresses(ec2, { filter: 'tag:nameplate:site', value: domain });
  const own = tagged.filter(({ tags }) => isOwnedBy(owner, tags));
  const seen = await Promise.all(
    own.map(async (each) => {
      const instance = each.instanceId === undefined ? undefined : await describeInstance(ec2, each.instanceId);
      return { ...each, state: instance?.state };
    }),
  );
  return {
    concerns: addressConcerns(seen, { domain, area, isUsed: needsElasticIp(servedDocument(record)) }),
    unseen: [],
  };
}
