import type { Address, RunInstancesCommandOutput } from '@aws-sdk/client-ec2';
import { isServing } from '../../cli/world.ts';
import { type Thing, takeInventory } from '../support/inventory.ts';
import { Nameplate } from '../support/nameplate.ts';
import { SCENARIOS } from './scenarios.ts';

/** Enough for every function: a run takes a second when all are warm, six when none is. */
const KEPT_WARM = 60;

/**
 * A local AWS for many runs in a row, each with a domain and an instance of its own. What stands in it is foreign to the
 * next run: a zone with records and a wildcard, a load balancer, a certificate, and every earlier site.
 */
export class ProvingGround {
  readonly nameplate: Nameplate;
  /** What stands before the next run. */
  standing: Thing[] = [];
  runs = 0;

  private constructor(nameplate: Nameplate) {
    this.nameplate = nameplate;
  }

  static async open(): Promise<ProvingGround> {
    const ground = new ProvingGround(await Nameplate.boot({ keptWarm: KEPT_WARM, doubledShare: 0 }));
    await ground.#putForeignThings();
    return ground;
  }

  /** An instance of its own for the next run, in the security group that all share. */
  async instance(): Promise<string> {
    const { nameplate } = this;
    const { world, ask, aws } = nameplate;
    const { Reservations } = await ask<{ Reservations: { Instances: { SecurityGroups: { GroupId: string }[] }[] }[] }>(
      'ec2',
      'DescribeInstances',
      { InstanceIds: [world.instanceId] },
    );
    const { Instances } = await ask<RunInstancesCommandOutput>('ec2', 'RunInstances', {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: world.subnetIds[0],
      SecurityGroupIds: Reservations[0]?.Instances[0]?.SecurityGroups.map(({ GroupId }) => GroupId),
    });
    const instanceId = Instances?.[0]?.InstanceId ?? '';
    await aws.clock.until(() => isServing(aws, { ...world, instanceId }));
    return instanceId;
  }

  /** Looks at everything anew. */
  async look(): Promise<Thing[]> {
    return takeInventory(this.nameplate);
  }

  /** Gives back the addresses, of which an account has five; what else stands now is foreign to the next run. */
  async tidy(after: readonly Thing[]): Promise<void> {
    const { ask } = this.nameplate;
    for (const { type, id, state } of after) {
      if (type !== 'elastic address') continue;
      const { AssociationId } = state as Address;
      if (AssociationId) await ask('ec2', 'DisassociateAddress', { AssociationId });
      await ask('ec2', 'ReleaseAddress', { AllocationId: id });
    }
    this.standing = after.filter(({ type }) => type !== 'elastic address');
  }

  close(): Promise<void> {
    return this.nameplate.aws.close();
  }

  async #putForeignThings(): Promise<void> {
    const { ask, aws, world } = this.nameplate;
    const { zone } = SCENARIOS['load-balancer'];
    const { HostedZone } = await ask<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
      Name: zone,
      CallerReference: 'theirs',
    });
    const records = [
      { Name: zone, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: '10 mail.elsewhere.test' }] },
      { Name: `*.${zone}`, Type: 'A', TTL: 300, ResourceRecords: [{ Value: '203.0.113.200' }] },
      { Name: `blog.${zone}`, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'blog.elsewhere.test' }] },
      { Name: `_nameplate.other.${zone}`, Type: 'TXT', TTL: 300, ResourceRecords: [{ Value: '"ours"' }] },
    ];
    await ask('route53', 'ChangeResourceRecordSets', {
      HostedZoneId: HostedZone.Id,
      ChangeBatch: { Changes: records.map((ResourceRecordSet) => ({ Action: 'CREATE', ResourceRecordSet })) },
    });
    await ask('acm', 'RequestCertificate', { DomainName: `blog.${zone}`, ValidationMethod: 'DNS' });
    await ask('elasticloadbalancing', 'CreateLoadBalancer', { Name: 'theirs', Subnets: world.subnetIds });
    await ask('elasticloadbalancing', 'CreateTargetGroup', {
      Name: 'theirs',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: world.vpcId,
    });
    await aws.clock.advance(10 * 60_000);
    this.standing = await this.look();
  }
}
