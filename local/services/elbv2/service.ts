import type { Host } from '../../host.ts';
import type { Internet } from '../../internet/internet.ts';
import type { Service } from '../../wire/service.ts';
import type { AwsNames } from './aws-names.ts';
import type { Certificates } from './certificates.ts';
import constraints from './constraints.json' with { type: 'json' };
import { Elb } from './elb.ts';
import { LAGGING } from './lagging.ts';
import type { Network } from './network.ts';
import { operationsOf } from './operations.ts';
import { RATES, throttledTogether } from './rates.ts';
import { followWorld } from './target-groups/checks.ts';

interface Elbv2Options {
  internet: Internet;
  /** EC2, by what load balancers ask of its network. */
  ec2: { network: Network };
  certificates: Certificates;
  awsNames: AwsNames;
}

/** Elastic Load Balancing: Application Load Balancers that listen, redirect and forward in the small internet. */
export function createElbv2(
  host: Host,
  { internet, ec2: { network }, certificates, awsNames }: Elbv2Options,
): { service: Service } {
  const elb = new Elb(host, { internet, network, certificates, awsNames });
  followWorld(elb);
  elb.watchChanges(() => internet.changed());
  return {
    service: {
      name: 'elasticloadbalancing',
      protocol: 'awsQuery',
      model: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
      constraints,
      operations: throttledTogether(elb, operationsOf(elb)),
      lagging: LAGGING,
      rates: RATES,
    },
  };
}
