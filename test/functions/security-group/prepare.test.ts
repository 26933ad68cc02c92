import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { resourceName } from '../../../domain/ownership.ts';
import { handler } from '../../../functions/resources/security-group.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenSite,
  givenStep,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'prepare' as const };
const ec2 = mockClient(EC2Client);
const description = 'nameplate: access';
const everywhere = (port: number): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description: description }],
  Ipv6Ranges: [{ CidrIpv6: '::/0', Description: description }],
});
const fromBalancer: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  UserIdGroupPairs: [{ GroupId: 'sg-lb', Description: `nameplate: load balancer of ${domain}` }],
};

beforeEach(() => {
  ec2.reset();
  ec2
    .on(DescribeInstancesCommand)
    .resolves({
      Reservations: [
        {
          Instances: [
            {
              InstanceId: 'i-0123456789abcdef0',
              State: { Name: 'running' },
              VpcId: 'vpc-1',
              SecurityGroups: [{ GroupId: 'sg-web' }, { GroupId: 'sg-ssh' }],
            },
          ],
        },
      ],
    })
    .on(CreateSecurityGroupCommand)
    .resolves({ GroupId: 'sg-lb' })
    .on(AuthorizeSecurityGroupIngressCommand)
    .resolves({})
    .on(RevokeSecurityGroupIngressCommand)
    .resolves({});
});

/** The security groups of the VPC, with what each lets in. */
function having({
  balancer,
  web = [],
}: {
  balancer?: { rules: IpPermission[]; tags?: typeof ownTags };
  web?: IpPermission[];
} = {}): void {
  ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters: [filter] }) => {
    if (filter.Name === 'group-name') {
      const { rules = [], tags = ownTags } = balancer ?? {};
      return { SecurityGroups: balancer ? [{ GroupId: 'sg-lb', Tags: tags, IpPermissions: rules }] : [] };
    }
    const rules = { 'sg-web': web, 'sg-lb': balancer?.rules ?? [] };
    return {
      SecurityGroups: filter.Values.map((id: keyof typeof rules) => ({ GroupId: id, IpPermissions: rules[id] })),
    };
  });
}

/** The rules for blocks of a call: "443 0.0.0.0/0". */
function rulesOf({
  args: [{ input }],
}: {
  args: [{ input: { IpPermissions?: IpPermission[] | undefined } }, ...unknown[]];
}) {
  return (input.IpPermissions ?? []).flatMap(({ FromPort, IpRanges = [], Ipv6Ranges = [] }) =>
    [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)].map(
      (cidr) => `${FromPort} ${cidr}`,
    ),
  );
}
const authorized = () => ec2.commandCalls(AuthorizeSecurityGroupIngressCommand).map(rulesOf);

describe('OpenSecurityGroups', () => {
  test('opens 443 and 80 to the access list, and the instance to the load balancer, all tagged', async () => {
    await givenSite(ledger);
    having();
    expect(await handler(event, context)).toEqual({ groupId: 'sg-lb', vpcId: 'vpc-1', wayIn: 'sg-web' });
    expect(ec2.commandCalls(CreateSecurityGroupCommand)[0]?.args[0].input).toMatchObject({
      GroupName: resourceName(domain),
      VpcId: 'vpc-1',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: ownTags }],
    });
    const [access, wayIn] = ec2.commandCalls(AuthorizeSecurityGroupIngressCommand).map(({ args }) => args[0].input);
    const TagSpecifications = [{ ResourceType: 'security-group-rule', Tags: ownTags }];
    expect(access).toEqual({ GroupId: 'sg-lb', IpPermissions: [everywhere(443), everywhere(80)], TagSpecifications });
    expect(wayIn).toEqual({ GroupId: 'sg-web', IpPermissions: [fromBalancer], TagSpecifications });
    expect((await theStep(ledger, 'OpenSecurityGroups')).made).toEqual([
      { type: 'security group', id: 'sg-lb', ours: true, detail: resourceName(domain) },
      { type: 'security group rule', id: 'sg-web tcp 80 from sg-lb', ours: true },
    ]);
  });

  test('opens no port 80 when plain HTTP is rejected', async () => {
    await givenSite(ledger, { site: { http: 'reject', access: ['198.51.100.7/32'] } });
    having();
    await handler(event, context);
    expect(ec2.commandCalls(AuthorizeSecurityGroupIngressCommand)[0]?.args[0].input.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '198.51.100.7/32', Description: description }],
      },
    ]);
  });

  test('shuts no viewer out before the new document answers', async () => {
    await givenSite(ledger, { site: { access: ['198.51.100.7/32'], http: 'reject' } });
    having({ balancer: { rules: [everywhere(443), everywhere(80)] }, web: [fromBalancer] });
    await handler(event, context);
    expect(mutations(ec2)).toEqual(['AuthorizeSecurityGroupIngress']);
  });

  test('L11: A4: opens the others where a rule that is not ours, equal but for its description, exists already', async () => {
    await givenSite(ledger);
    const foreign = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    having({ balancer: { rules: [foreign] }, web: [fromBalancer] });
    await handler(event, context);
    expect(authorized()).toEqual([['443 ::/0', '80 0.0.0.0/0', '80 ::/0']]);
  });

  test('L11: A4: reads the rules again where EC2 refuses the whole call for one of them, and sends what is missing', async () => {
    await givenSite(ledger);
    having({ balancer: { rules: [] }, web: [fromBalancer] });
    ec2.on(AuthorizeSecurityGroupIngressCommand).callsFakeOnce(async () => {
      having({ balancer: { rules: [everywhere(443)] }, web: [fromBalancer] });
      throw awsError('InvalidPermission.Duplicate');
    });
    await handler(event, context);
    expect(authorized()).toEqual([
      ['443 0.0.0.0/0', '443 ::/0', '80 0.0.0.0/0', '80 ::/0'],
      ['80 0.0.0.0/0'],
      ['80 ::/0'],
    ]);
  });

  test('L11: takes a rule that stands already for done', async () => {
    await givenSite(ledger);
    having();
    ec2.on(AuthorizeSecurityGroupIngressCommand).rejects(awsError('InvalidPermission.Duplicate'));
    await handler(event, context);
  });

  test('L11: stops at the limit of rules', async () => {
    await givenSite(ledger);
    having();
    ec2.on(AuthorizeSecurityGroupIngressCommand).rejects(awsError('RulesPerSecurityGroupLimitExceeded'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });

  test('touches no group of that name without our tags, and says whose it is', async () => {
    await givenSite(ledger);
    having({ balancer: { rules: [], tags: [] } });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('(sg-lb): it has no owner tags'),
    });
    expect(mutations(ec2)).toEqual([]);
  });

  test('waits for a group that EC2 does not know a moment after it was made, and keeps it in sight', async () => {
    await givenSite(ledger);
    having();
    ec2.on(AuthorizeSecurityGroupIngressCommand).rejects(awsError('InvalidGroup.NotFound'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect((await theStep(ledger, 'OpenSecurityGroups')).made).toMatchObject([{ id: 'sg-lb' }]);
  });

  test('A5: neither refuses nor adopts the group that an earlier run has made while EC2 does not show its tags', async () => {
    await givenSite(ledger, { site: { adopt: true } });
    await givenStep(ledger, { name: 'OpenSecurityGroups', state: 'running', startedAt: new Date().toISOString() });
    having({ balancer: { rules: [], tags: [] } });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: `Waiting until AWS shows the tags of the security group "${resourceName(domain)}"`,
    });
    expect(mutations(ec2)).toEqual([]);
  });

  test('W11: looks again for the group that was made before, its answer lost', async () => {
    await givenSite(ledger);
    having();
    ec2.on(CreateSecurityGroupCommand).rejects(awsError('InvalidGroup.Duplicate'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('stops when the instance is gone', async () => {
    await givenSite(ledger);
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Misconfigured' });
  });

  test('adopts a group of nobody when it is asked to: remembered, then tagged, with its own rules left', async () => {
    await givenSite(ledger, { site: { adopt: true } });
    const theirs: IpPermission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    having({ balancer: { rules: [theirs], tags: [] } });
    ec2.on(CreateTagsCommand).callsFake(async () => {
      const { made } = await theStep(ledger, 'OpenSecurityGroups');
      expect(made).toMatchObject([{ id: 'sg-lb', before: { tags: {} } }]);
      return {};
    });
    await handler(event, context);
    expect(mutations(ec2)).toEqual(['CreateTags', 'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupIngress']);
  });
});
