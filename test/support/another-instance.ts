import type { DescribeInstancesResult, RunInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { Nameplate } from './nameplate.ts';

/** Another instance beside the first one, in the same security group; `web` is what its web server does (`x-web`) and has. */
export async function anotherInstance(
  { aws: { clock }, world, ask }: Nameplate,
  { port = 80, files = {} }: { port?: number; files?: Record<string, string> } = {},
): Promise<string> {
  const about = { InstanceIds: [world.instanceId] };
  const { Reservations = [] } = await ask<DescribeInstancesResult>('ec2', 'DescribeInstances', about);
  const [first] = Reservations.flatMap(({ Instances = [] }) => Instances);
  const write_files = Object.entries(files).map(([path, content]) => ({ path: `/var/www/html${path}`, content }));
  const userData = `#cloud-config\n${JSON.stringify({ write_files, 'x-web': { port } })}`;
  const { Instances = [] } = await ask<RunInstancesCommandOutput>('ec2', 'RunInstances', {
    ImageId: first?.ImageId,
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    SubnetId: first?.SubnetId,
    SecurityGroupIds: first?.SecurityGroups?.map(({ GroupId }) => GroupId),
    UserData: Buffer.from(userData).toString('base64'),
  });
  await clock.advance(5 * 60_000);
  return Instances[0]?.InstanceId ?? '';
}
