import { ProvingGround } from '../faults/proving-ground.ts';
import { scenarioOf } from '../faults/scenarios.ts';
import { anotherInstance } from '../support/another-instance.ts';
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
