import type { CreateLoadBalancerOutput, CreateTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from '@jest/globals';
import { targetGroupName } from '../../../domain/load-balancers/target-group.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { aZone } from '../../support/a-zone.ts';
import { takeInventory } from '../../support/inventory.ts';
import { anIssuedCertificate } from '../../support/issued-certificate.ts';
import type { SharedBoot } from '../../support/shared-boot.ts';
import { aSite } from '../../support/site.ts';
import { takenOver } from '../../support/taken-over.ts';

export function ofOurName(boot: SharedBoot): void {
  test('L5: a load balancer of our name, all that belongs to it and a certificate are adopted, and given back', async () => {
    const { nameplate } = boot;
    const { zone, shop } = boot.namesInZone();
    const zoneId = await aZone(nameplate, zone);
    const { ask, world } = nameplate;
    const mail = { Name: shop, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: `10 mail.${zone}.` }] };
    const Changes = [{ Action: 'CREATE', ResourceRecordSet: mail }];
    await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch: { Changes } });
    const elb = <Output>(operation: string, input: object) => ask<Output>('elasticloadbalancing', operation, input);
    const CertificateArn = await anIssuedCertificate(nameplate, { zoneId, names: [shop] });
    const name = resourceName(shop);
    const { GroupId } = await ask<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
      GroupName: name,
      Description: 'theirs',
      VpcId: world.vpcId,
    });
    const { GroupId: other } = await ask<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
      GroupName: 'theirs',
      Description: 'theirs',
      VpcId: world.vpcId,
    });
    const { TargetGroups = [] } = await elb<CreateTargetGroupOutput>('CreateTargetGroup', {
      Name: targetGroupName(aSite({ domain: shop })),
      Protocol: 'HTTP',
      Port: 80,
      VpcId: world.vpcId,
      TargetType: 'instance',
      HealthCheckPath: '/theirs',
    });
    const { LoadBalancers = [] } = await elb<CreateLoadBalancerOutput>('CreateLoadBalancer', {
      Name: name,
      Subnets: world.subnetIds,
      SecurityGroups: [other],
      Tags: [{ Key: 'team', Value: 'web' }],
    });
    const { LoadBalancerArn } = LoadBalancers[0] ?? {};
    const forward = [{ Type: 'forward', TargetGroupArn: TargetGroups[0]?.TargetGroupArn }];
    const gone = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '410' } }];
    await elb('CreateListener', { LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions: forward });
    await elb('CreateListener', {
      LoadBalancerArn,
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn }],
      DefaultActions: gone,
    });
    await nameplate.aws.clock.advance(10 * 60_000);
    const before = await takeInventory(nameplate);

    const { changes } = await nameplate.plan(nameplate.document(shop));
    const conflicts = changes.filter(({ verb }) => verb === 'conflict');
    expect(conflicts.map(({ resource }) => resource.type)).toEqual([
      'security group',
      'load balancer',
      'target group',
      'listener',
      'listener',
    ]);
    expect(conflicts[0]).toMatchObject({
      resource: { id: GroupId },
      message: expect.stringContaining('"adopt": true'),
    });

    const live = await nameplate.onboard(shop, { adopt: true });
    expect(live.state).toBe('live');
    expect(takenOver(live)).toHaveLength(6);
    expect((await nameplate.viewer.https(shop)).status).toBe(200);
    await nameplate.undo(shop);
    const undone = await nameplate.ended(shop);
    expect(undone.state).toBe('undone');
    expect(undone.left).toBeUndefined();
    // The target group lets the instance drain for five minutes.
    await nameplate.aws.clock.advance(10 * 60_000);
    expect(await takeInventory(nameplate)).toEqual(before);
  });
}
