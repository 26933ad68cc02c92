import { DescribeNetworkInterfacesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { SeenInterface } from '../../domain/preflight/opening-finding.ts';

/** The network interface of a VPC that has a private address; undefined where none has. */
export async function findInterface(
  ec2: EC2Client,
  { vpcId, address }: { vpcId: string; address: string },
): Promise<SeenInterface | undefined> {
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'addresses.private-ip-address', Values: [address] },
      ],
    }),
  );
  const [found] = NetworkInterfaces;
  if (!found) return undefined;
  const { NetworkInterfaceId: id = '', Groups = [], Attachment: { InstanceId: instanceId } = {} } = found;
  return {
    id,
    groupIds: Groups.flatMap(({ GroupId }) => GroupId ?? []),
    ...(instanceId !== undefined && { instanceId }),
  };
}
