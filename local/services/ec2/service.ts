import type { Host } from '../../host.ts';
import type { Internet } from '../../internet/internet.ts';
import type { Service } from '../../wire/service.ts';
import type { InstanceProfiles } from '../iam/service.ts';
import { rehearsable } from './dry-run.ts';
import { Ec2 } from './ec2.ts';
import { type Agent, agentsOf } from './instances/agents.ts';
import type { WebServer } from './instances/web-server.ts';
import { LAGGING } from './lagging.ts';
import { type Network, networkOf } from './network.ts';
import { operationsOf } from './operations.ts';
import { ratesOf } from './rates.ts';
import { taggingOnCreation } from './tags/tagging-on-creation.ts';

export interface Ec2Service {
  service: Service;
  /** The web server of an instance. Throws for an instance that isn't there. */
  web(instanceId: string): Pick<WebServer, 'answer' | 'fail' | 'insist' | 'start' | 'stop'>;
  /** Lets a real server of this machine answer under the instance's addresses; undefined takes it out again. */
  plug(instanceId: string, target: { host: string; port: number } | undefined): void;
  /** What load balancers ask of the network. */
  network: Network;
  /** What Systems Manager hears of in a region. */
  agents(region: string): Agent[];
}

const NO_PROFILES: InstanceProfiles = { find: () => undefined };

/** EC2: VPCs, security groups that are enforced, and instances that are small web servers. */
export function createEc2(
  host: Host,
  { internet, profiles = NO_PROFILES }: { internet: Internet; profiles?: InstanceProfiles },
): Ec2Service {
  const ec2 = new Ec2(host, { internet, profiles });
  ec2.watchChanges(() => internet.changed());
  const operations = rehearsable(ec2, taggingOnCreation(operationsOf(ec2)));
  const webOf = (instanceId: string): WebServer => {
    const instance = ec2.instance(instanceId);
    if (!instance) throw new RangeError(`Cannot find the instance "${instanceId}"`);
    return instance.web;
  };
  return {
    service: {
      name: 'ec2',
      protocol: 'ec2Query',
      model: () => import('@aws-sdk/client-ec2'),
      operations,
      lagging: LAGGING,
      rates: ratesOf(Object.keys(operations)),
    },
    web: webOf,
    plug: (instanceId, target) => webOf(instanceId).plug(target),
    network: networkOf(ec2),
    agents: (region) => agentsOf(ec2, region),
  };
}
