import type { CreateLoadBalancerOutput, CreateTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ListHostedZonesResponse, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { targetGroupName } from '../../../domain/load-balancers/target-group.ts';
import { resourceName } from '../../../domain/ownership.ts';
import type { Nameplate } from '../../support/nameplate.ts';
import { aSite } from '../../support/site.ts';
import { FOREIGN, type Surroundings } from './surroundings.ts';

/** ELB's own limit for a load balancer to start. */
const STARTED_MS = 10 * 60_000;

/** Somebody's records at the names of the site, and a load balancer under the name that ours would have. */
export const IN_THE_WAY: Surroundings = {
  declares: () => ({ adopt: true }),

  async begin(place) {
    const { nameplate } = place.ground;
    const { ask, world, aws } = nameplate;
    const elb = <Output>(operation: string, input: object) => ask<Output>('elasticloadbalancing', operation, input);
    const Name = resourceName(place.domain);
    const { GroupId } = await ask<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
      GroupName: Name,
      Description: 'theirs',
      VpcId: world.vpcId,
    });
    const { TargetGroups: [group] = [] } = await elb<CreateTargetGroupOutput>('CreateTargetGroup', {
      Name: targetGroupName(aSite({ domain: place.domain })),
      Protocol: 'HTTP',
      Port: 80,
      VpcId: world.vpcId,
      TargetType: 'instance',
      HealthCheckPath: '/theirs',
    });
    const { LoadBalancers: [balancer] = [] } = await elb<CreateLoadBalancerOutput>('CreateLoadBalancer', {
      Name,
      Subnets: world.subnetIds,
      Tags: [{ Key: 'team', Value: 'web' }],
    });
    const { LoadBalancerArn } = balancer ?? {};
    await elb('CreateListener', {
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: group?.TargetGroupArn }],
    });
    await change(nameplate, 'CREATE', recordsAt(place.domain));
    await aws.clock.advance(STARTED_MS);
    const ways = [
      () => change(nameplate, 'DELETE', recordsAt(place.domain)),
      () => elb('DeleteLoadBalancer', { LoadBalancerArn }),
      () => elb('DeleteTargetGroup', { TargetGroupArn: group?.TargetGroupArn }),
      () => ask('ec2', 'DeleteSecurityGroup', { GroupId }),
    ];
    return async () => {
      for (const takeAway of ways) {
        await takeAway();
        await aws.clock.advance(STARTED_MS);
      }
    };
  },
};

function recordsAt(domain: string): ResourceRecordSet[] {
  return [
    { Name: domain, Type: 'A', TTL: 300, ResourceRecords: [{ Value: FOREIGN }] },
    { Name: `www.${domain}`, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'www.elsewhere.test' }] },
  ];
}

async function change({ ask }: Nameplate, Action: 'CREATE' | 'DELETE', sets: ResourceRecordSet[]): Promise<void> {
  const { HostedZones = [] } = await ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const zone = HostedZones.find(({ Name = '' }) => sets[0]?.Name?.endsWith(`.${Name.replace(/\.$/, '')}`));
  const Changes = sets.map((ResourceRecordSet) => ({ Action, ResourceRecordSet }));
  await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zone?.Id, ChangeBatch: { Changes } });
}
