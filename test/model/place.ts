import type { DescribeInstancesResult, RunInstancesCommandOutput } from '@aws-sdk/client-ec2';
import { ProvingGround } from '../faults/proving-ground.ts';
import { scenarioOf } from '../faults/scenarios.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { Reach } from './reach.ts';

/** Where stories are played, one after the other: a zone of somebody else's, and two instances. */
export interface Place {
  ground: ProvingGround;
  zone: string;
  instances: readonly string[];
  reach: Reach;
}

export async function openPlace(): Promise<Place> {
  const ground = await ProvingGround.open();
  const { nameplate } = ground;
  const instances = [nameplate.world.instanceId, await anotherInstance(nameplate)];
  ground.standing = await ground.look();
  return {
    ground,
    zone: scenarioOf('load-balancer').zone ?? '',
    instances,
    reach: new Reach(nameplate.aws.internet),
  };
}

/** A second web server beside the first one, in the same security group. */
async function anotherInstance({ aws, ask, world }: Nameplate): Promise<string> {
  const { Reservations = [] } = await ask<DescribeInstancesResult>('ec2', 'DescribeInstances', {
    InstanceIds: [world.instanceId],
  });
  const [first] = Reservations.flatMap(({ Instances = [] }) => Instances);
  const { Instances = [] } = await ask<RunInstancesCommandOutput>('ec2', 'RunInstances', {
    ImageId: first?.ImageId,
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    SubnetId: first?.SubnetId,
    SecurityGroupIds: first?.SecurityGroups?.map(({ GroupId }) => GroupId),
  });
  await aws.clock.advance(5 * 60_000);
  const id = Instances[0]?.InstanceId ?? '';
  aws.ec2.web(id).fail(undefined);
  return id;
}
