import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** The regions that are enabled for the account: without `AllRegions` EC2 lists no other. */
export async function listRegions(ec2: EC2Client): Promise<string[]> {
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
  return Regions.flatMap(({ RegionName }) => RegionName ?? []).sort();
}
