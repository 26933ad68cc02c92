import {
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from '@jest/globals';
import { handler as removeSecurityGroups } from '../../../functions/resources/security-group.ts';
import { arn, useRemoving } from '../../support/removing.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenChange,
  givenStep,
  mutations,
  ownTags,
} from '../../support/steps.ts';

const { ledger, ec2 } = useRemoving();
const event = { ...anEvent, phase: 'release' as const };

describe('RemoveSecurityGroups', () => {
  const world = (groups: string[], rules: [string, string][]) =>
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: groups.map((GroupId) => ({ GroupId })) })
      .on(DescribeSecurityGroupRulesCommand)
      .resolves({
        SecurityGroupRules: rules.map(([SecurityGroupRuleId, GroupId]) => ({
          SecurityGroupRuleId,
          GroupId,
          Tags: ownTags,
        })),
      });

  test("takes our rule out of the instance's group, then deletes ours, and asks by our tags", async () => {
    world(
      ['sg-ours'],
      [
        ['sgr-1', 'sg-ours'],
        ['sgr-2', 'sg-instance'],
      ],
    );
    await removeSecurityGroups(event, context);
    expect(mutations(ec2)).toEqual(['RevokeSecurityGroupIngress', 'DeleteSecurityGroup']);
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand)[0]?.args[0].input).toEqual({
      GroupId: 'sg-instance',
      SecurityGroupRuleIds: ['sgr-2'],
    });
    expect(ec2.commandCalls(DescribeSecurityGroupsCommand)[0]?.args[0].input.Filters).toEqual([
      { Name: 'tag:nameplate:site', Values: [domain] },
      { Name: 'tag:nameplate:stack', Values: ['Nameplate'] },
    ]);
  });

  test('shuts out at the end of a change who is no longer declared, and nobody twice', async () => {
    const site = { access: ['198.51.100.7/32'], http: 'reject' as const };
    await givenChange(ledger, { site });
    const open = (port: number, ...blocks: string[]) => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      IpRanges: blocks.map((CidrIp) => ({ CidrIp, Description: 'nameplate: access' })),
    });
    const kept = open(443, '198.51.100.7/32');
    const inGroup = (...IpPermissions: object[]) =>
      ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-lb', IpPermissions }] });
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
    inGroup(open(443, '198.51.100.7/32', '0.0.0.0/0'), open(80, '0.0.0.0/0'));
    await removeSecurityGroups(event, context);
    inGroup(kept);
    await removeSecurityGroups(event, context);
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand).map(({ args }) => args[0].input)).toEqual([
      { GroupId: 'sg-lb', IpPermissions: [open(443, '0.0.0.0/0'), open(80, '0.0.0.0/0')] },
    ]);
  });

  test('retains the rule for the group that is kept, and revokes one for a former group, which EC2 would not delete before', async () => {
    await givenChange(ledger);
    const rule = (SecurityGroupRuleId: string, GroupId: string, from: string) => ({
      SecurityGroupRuleId,
      GroupId,
      FromPort: 80,
      ReferencedGroupInfo: { GroupId: from },
      Tags: ownTags,
    });
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-lb' }] });
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({
      SecurityGroupRules: [rule('sgr-kept', 'sg-new', 'sg-lb'), rule('sgr-former', 'sg-new', 'sg-former')],
    });
    await removeSecurityGroups(event, context);
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand).map(({ args }) => args[0].input)).toEqual([
      { GroupId: 'sg-new', SecurityGroupRuleIds: ['sgr-former'] },
    ]);
  });

  test('A4: closes the others where one of the rules is gone already', async () => {
    await givenChange(ledger, { site: { access: ['198.51.100.7/32'], http: 'reject' as const } });
    const open = (...blocks: string[]) => ({
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: blocks.map((CidrIp) => ({ CidrIp, Description: 'nameplate: access' })),
    });
    const IpPermissions = [open('192.0.2.0/24', '203.0.113.0/24')];
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-lb', IpPermissions }] });
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [] });
    ec2.on(RevokeSecurityGroupIngressCommand).rejectsOnce(awsError('InvalidPermission.NotFound')).resolves({});
    await removeSecurityGroups(event, context);
    expect(ec2.commandCalls(RevokeSecurityGroupIngressCommand).map(({ args }) => args[0].input.IpPermissions)).toEqual([
      [open('192.0.2.0/24', '203.0.113.0/24')],
      [open('192.0.2.0/24')],
      [open('203.0.113.0/24')],
    ]);
  });

  test("L12: waits until the load balancer's network interfaces are gone", async () => {
    world(['sg-ours'], []);
    ec2.on(DeleteSecurityGroupCommand).rejects(awsError('DependencyViolation'));
    await expect(removeSecurityGroups(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test.each(['InvalidGroup.NotFound'])('takes %s for done', async (code) => {
    world(['sg-ours'], []);
    ec2.on(DeleteSecurityGroupCommand).rejects(awsError(code));
    await expect(removeSecurityGroups(event, context)).resolves.toEqual({ left: [] });
  });

  test('C3: leaves a group that holds a rule of others, which would be deleted with it', async () => {
    const rule = (SecurityGroupRuleId: string, about: object) => ({
      SecurityGroupRuleId,
      GroupId: 'sg-ours',
      ...about,
    });
    world(['sg-ours'], []);
    ec2.on(DescribeSecurityGroupRulesCommand, { Filters: [{ Name: 'group-id', Values: ['sg-ours'] }] }).resolves({
      SecurityGroupRules: [
        rule('sgr-own', { Tags: ownTags }),
        rule('sgr-untagged', { Description: 'nameplate: access' }),
        rule('sgr-ec2', { IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' }),
        rule('sgr-theirs', { Description: 'office', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }),
      ],
    });
    expect(await removeSecurityGroups(event, context)).toEqual({
      left: [
        {
          type: 'security group',
          id: 'sg-ours',
          why: 'the rule sgr-theirs (office) of others would be deleted with it. Delete it, then try again',
        },
      ],
    });
    expect(mutations(ec2)).toEqual([]);
  });

  test('C3: leaves a group that something of others is in, or that a rule of others names, and says which', async () => {
    const named = {
      SecurityGroupRuleId: 'sgr-theirs',
      GroupId: 'sg-theirs',
      ReferencedGroupInfo: { GroupId: 'sg-ours' },
    };
    world(['sg-ours'], []);
    ec2
      .on(DescribeSecurityGroupsCommand, { Filters: [{ Name: 'ip-permission.group-id', Values: ['sg-ours'] }] })
      .resolves({ SecurityGroups: [{ GroupId: 'sg-theirs' }] })
      .on(DescribeSecurityGroupRulesCommand, { Filters: [{ Name: 'group-id', Values: ['sg-theirs'] }] })
      .resolves({ SecurityGroupRules: [named, { ...named, SecurityGroupRuleId: 'sgr-own', Tags: ownTags }] })
      .on(DescribeNetworkInterfacesCommand)
      .resolves({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Description: 'theirs' }] });
    expect(await removeSecurityGroups(event, context)).toEqual({
      left: [
        {
          type: 'security group',
          id: 'sg-ours',
          why: 'the network interface eni-1 (theirs) is in it, and the rule sgr-theirs of the security group sg-theirs names it. Take it out there, then try again',
        },
      ],
    });
    expect(mutations(ec2)).toEqual([]);
  });

  test.each([
    ['goes with', [], ['DeleteSecurityGroup']],
    ['stays with', [arn], []],
  ])('C3, L12: a group %s our load balancer, in whose network interfaces it is', async (_, left, calls) => {
    await givenStep(ledger, {
      name: 'RemoveLoadBalancer',
      output: { left: left.map((id) => ({ type: 'load balancer', id, why: 'theirs' })) },
    });
    world(['sg-ours'], []);
    const Description = `ELB ${arn.slice(arn.indexOf('app/'))}`;
    ec2
      .on(DescribeNetworkInterfacesCommand)
      .resolves({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Description }] });
    const path = arn.slice(arn.indexOf('app/'));
    const why = `the load balancer ${path}, which stays, is in it. Remove what that one stays for, then try again`;
    expect(await removeSecurityGroups(event, context)).toEqual({
      left: left.map(() => ({ type: 'security group', id: 'sg-ours', why })),
    });
    expect(mutations(ec2)).toEqual(calls);
  });
});
