import { DescribeVpcsCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** The id of the default VPC of the region; undefined where the account has none. */
export async function findDefaultVpc(ec2: EC2Client): Promise<string | undefined> {
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  );
  return Vpcs[0]?.VpcId;
}
