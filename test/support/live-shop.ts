import type { DescribeInstancesResult, RunInstancesCommandOutput } from '@aws-sdk/client-ec2';
import { Nameplate } from './nameplate.ts';

export const SHOP = 'shop.example.test';

/** A shop that is live, in a zone of somebody else, where nothing fails from then on but what is said. */
export async function liveShop(more: object = {}): Promise<Nameplate> {
  const nameplate = await Nameplate.boot();
  const { DelegationSet } = await nameplate.ask<{ DelegationSet: { NameServers: string[] } }>(
    'route53',
    'CreateHostedZone',
    { Name: 'example.test', CallerReference: 'theirs' },
  );
  nameplate.aws.registrar.delegate('example.test', DelegationSet.NameServers);
  await nameplate.aws.clock.advance(120_000);
  const { state, reason } = await nameplate.onboard(SHOP, more);
  if (state !== 'live') throw new Error(`The shop is "${state}": ${reason?.message}`);
  return nameplate;
}

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
