import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/security-group.ts';
import { useLedger } from '../../support/ledger.ts';
import { aLockedSite } from '../../support/locked.ts';
import { event as anEvent, context, givenChange, givenSite, mutations, ownTags } from '../../support/steps.ts';

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const LIST = 'com.amazonaws.global.cloudfront.origin-facing';
const Description = 'nameplate: access';
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const cloudFront: IpPermission = { ...https, PrefixListIds: [{ PrefixListId: 'pl-3b927c52', Description }] };
const everywhere: IpPermission = {
  ...https,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description }],
  Ipv6Ranges: [{ CidrIpv6: '::/0', Description }],
};
const wayIn = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: 'sg-lb' }] };
const prepare = { ...anEvent, phase: 'prepare' as const };
const release = { ...anEvent, phase: 'release' as const };

beforeEach(() => {
  const SecurityGroups = [{ GroupId: 'sg-web' }];
  const instance = {
    InstanceId: 'i-0123456789abcdef0',
    State: { Name: 'running' as const },
    VpcId: 'vpc-1',
    SecurityGroups,
  };
  ec2.reset();
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [instance] }] });
  ec2.on(CreateSecurityGroupCommand).resolves({ GroupId: 'sg-lb' });
  ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
  ec2.on(DescribeManagedPrefixListsCommand).resolves({
    PrefixLists: [{ PrefixListId: 'pl-3b927c52', PrefixListName: LIST, OwnerId: 'AWS' }],
  });
});

/** The load balancer's group, with what it lets in. */
const having = (...rules: IpPermission[]) =>
  ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters: [{ Name, Values }] }) => {
    const group = { GroupId: 'sg-lb', Tags: ownTags, IpPermissions: rules };
    if (Name === 'group-name' || Name.startsWith('tag:')) return { SecurityGroups: [group] };
    return {
      SecurityGroups: Values.map((GroupId: string) =>
        GroupId === 'sg-lb' ? group : { GroupId, IpPermissions: [wayIn] },
      ),
    };
  });
const authorized = () =>
  ec2.commandCalls(AuthorizeSecurityGroupIngressCommand).map(({ args }) => args[0].input.IpPermissions);
const revoked = () =>
  ec2.commandCalls(RevokeSecurityGroupIngressCommand).map(({ args }) => args[0].input.IpPermissions);

describe('the lock of the origin, in the security group of the load balancer', () => {
  test("opens a new group on 443 to CloudFront's prefix list alone, and no port 80", async () => {
    await givenSite(ledger, { site: aLockedSite() });
    ec2.on(DescribeSecurityGroupsCommand).callsFake(({ Filters: [{ Name, Values }] }) => ({
      SecurityGroups: Name === 'group-name' ? [] : Values.map((GroupId: string) => ({ GroupId })),
    }));
    await handler(prepare, context);
    expect(authorized()[0]).toEqual([cloudFront]);
    expect(ec2.commandCalls(DescribeManagedPrefixListsCommand)[0]?.args[0].input.Filters).toEqual([
      { Name: 'prefix-list-name', Values: [LIST] },
      { Name: 'owner-id', Values: ['AWS'] },
    ]);
  });

  test('adds the list before, and shuts out everyone else only in the release', async () => {
    await givenSite(ledger);
    await givenChange(ledger, { site: aLockedSite() });
    having(everywhere);
    await handler(prepare, context);
    expect(authorized()).toEqual([[cloudFront]]);
    expect(revoked()).toEqual([]);
    having(everywhere, cloudFront);
    await handler(release, context);
    expect(revoked()).toEqual([[everywhere]]);
  });

  test('without the lock opens to everyone before, and takes the list away in the release', async () => {
    await givenSite(ledger);
    await givenChange(ledger, { site: { http: 'reject' } });
    having(cloudFront);
    await handler(prepare, context);
    expect(authorized()).toEqual([[everywhere]]);
    having(everywhere, cloudFront);
    await handler(release, context);
    expect(revoked()).toEqual([[cloudFront]]);
  });

  test('changes nothing a second time', async () => {
    await givenSite(ledger);
    await givenChange(ledger, { site: aLockedSite() });
    having(cloudFront);
    await handler(prepare, context);
    await handler(release, context);
    expect(mutations(ec2)).toEqual([]);
  });

  test('says what to do where the region has no such list', async () => {
    await givenSite(ledger, { site: aLockedSite() });
    having();
    ec2.on(DescribeManagedPrefixListsCommand).resolves({ PrefixLists: [] });
    await expect(handler(prepare, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringMatching(/no managed prefix list .* Declare "lock": false/),
    });
  });
});
