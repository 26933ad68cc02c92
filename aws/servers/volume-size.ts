import { DescribeVolumesCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** The size of a volume, GiB; undefined where there is none of that id. A filter, because an unknown id is no error. */
export async function readVolumeSize(ec2: EC2Client, id: string): Promise<number | undefined> {
  const { Volumes = [] } = await ec2.send(
    new DescribeVolumesCommand({ Filters: [{ Name: 'volume-id', Values: [id] }] }),
  );
  return Volumes[0]?.Size;
}
