import {
  DeleteTagsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2';
import {
  AddListenerCertificatesCommand,
  CertificateNotFoundException,
  DeregisterTargetsCommand,
  DescribeListenerCertificatesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  RemoveListenerCertificatesCommand,
  RemoveTagsCommand,
  SetSecurityGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import type { ThingBefore } from '../../../domain/ledger/before.ts';
import type { MadeType } from '../../../domain/ledger/made.ts';
import { handler as listener } from '../../../functions/resources/listener.ts';
import { handler as loadBalancer } from '../../../functions/resources/load-balancer.ts';
import { handler as securityGroup } from '../../../functions/resources/security-group.ts';
import { handler as targetGroup } from '../../../functions/resources/target-group.ts';
import { about, arn, made, onItsLoadBalancer, useRemoving } from '../../support/removing.ts';
import { context, event, givenChange, givenStep, mutations, ownTags, theStep } from '../../support/steps.ts';
import { groupName } from '../../support/world.ts';

const { ledger, elb, ec2, named, tags, listeners } = useRemoving();

describe('what was adopted', () => {
  const given = (name: string, type: MadeType, id: string, before: ThingBefore) =>
    givenStep(ledger, { name, made: [{ ...made(type, id), before }] });

  test('a listener is set to what it was, then untagged', async () => {
    const settings = { Port: 443, Protocol: 'HTTPS', SslPolicy: 'theirs' };
    await given('AttachCertificate', 'listener', 'arn:443', { tags: {}, settings });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    elb.on(ModifyListenerCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    expect(await listener({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['ModifyListener', 'RemoveTags']);
    expect(elb.commandCalls(ModifyListenerCommand)[0]?.args[0].input).toEqual({ ListenerArn: 'arn:443', ...settings });
    expect((await theStep(ledger, 'AttachCertificate')).made).toEqual([]);
  });

  test('L7: a listener serves by SNI what it did, and nothing of ours that a change had it serve meanwhile', async () => {
    const settings = { Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: 'arn:adopted' }] };
    const before = { tags: {}, settings, certificates: ['arn:blog', 'arn:news'] };
    await given('AttachCertificate', 'listener', 'arn:443', before);
    const certificates = ['arn:adopted', 'arn:former', 'arn:next'].map((id) => made('certificate', id));
    await givenStep(ledger, { name: 'RequestCertificate', made: certificates });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    const further = ['arn:former', 'arn:blog', 'arn:since'].map((CertificateArn) => ({ CertificateArn }));
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: further });
    await listener({ ...event, phase: 'release' }, context);
    expect(mutations(elb)).toEqual([
      'RemoveListenerCertificates',
      'ModifyListener',
      'AddListenerCertificates',
      'RemoveTags',
    ]);
    const [removed] = elb.commandCalls(RemoveListenerCertificatesCommand);
    expect(removed?.args[0].input.Certificates).toEqual([{ CertificateArn: 'arn:former' }]);
    const [added] = elb.commandCalls(AddListenerCertificatesCommand);
    expect(added?.args[0].input.Certificates).toEqual([{ CertificateArn: 'arn:news' }]);
  });

  test('a listener does without a certificate that somebody has deleted since', async () => {
    const before = { tags: {}, settings: { Port: 443 }, certificates: ['arn:news'] };
    await given('AttachCertificate', 'listener', 'arn:443', before);
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: [] });
    elb.on(AddListenerCertificatesCommand).rejects(new CertificateNotFoundException(about));
    expect(await listener({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
    expect(mutations(elb)).toContain('RemoveTags');
  });

  test('a listener that stays keeps serving by SNI what it did, also where the site has used it', async () => {
    await givenChange(ledger, { outputs: onItsLoadBalancer });
    await givenStep(ledger, {
      name: 'AttachCertificate',
      output: { listenerArn: 'arn:443' },
      made: [{ ...made('listener', 'arn:443'), before: { tags: {}, settings: {}, certificates: ['arn:adopted'] } }],
    });
    await givenStep(ledger, { name: 'RequestCertificate', made: [made('certificate', 'arn:adopted')] });
    listeners('arn:443');
    const Certificates = [{ CertificateArn: 'arn:adopted', IsDefault: false }];
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates });
    await listener({ ...event, phase: 'release' }, context);
    expect(mutations(elb)).toEqual([]);
  });

  test('a load balancer leaves our security group and no other, keeps its listeners, and is untagged', async () => {
    await given('CreateLoadBalancer', 'load balancer', arn, { tags: {}, securityGroups: ['sg-theirs'] });
    await givenStep(ledger, { name: 'OpenSecurityGroups', made: [made('security group', 'sg-lb')] });
    const SecurityGroups = ['sg-theirs', 'sg-lb', 'sg-since'];
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ ...named(arn), SecurityGroups }] });
    listeners('arn:theirs');
    elb.on(SetSecurityGroupsCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    expect(await listener({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
    expect(await loadBalancer({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['SetSecurityGroups', 'RemoveTags']);
    expect(elb.commandCalls(SetSecurityGroupsCommand)[0]?.args[0].input.SecurityGroups).toEqual([
      'sg-theirs',
      'sg-since',
    ]);
  });

  test('a target group has its targets and its path back, and is untagged', async () => {
    await given('CreateTargetGroup', 'target group', 'arn:tg', {
      tags: {},
      healthPath: '/theirs',
      targets: [{ id: 'i-theirs', port: 80 }],
    });
    tags({ 'arn:tg': ownTags });
    const TargetGroups = [
      { TargetGroupArn: 'arn:tg', TargetGroupName: groupName, HealthCheckPath: '/', LoadBalancerArns: [arn] },
    ];
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups });
    const Target = { Id: 'i-0123456789abcdef0', Port: 80 };
    elb.on(DescribeTargetHealthCommand).resolves({ TargetHealthDescriptions: [{ Target }] });
    elb.on(RegisterTargetsCommand).resolves({}).on(DeregisterTargetsCommand).resolves({});
    elb.on(ModifyTargetGroupCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    expect(await targetGroup({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['RegisterTargets', 'DeregisterTargets', 'ModifyTargetGroup', 'RemoveTags']);
  });

  test('A5: a target group loses our target, though ELB does not list yet what was just registered', async () => {
    await given('CreateTargetGroup', 'target group', 'arn:tg', { tags: {}, healthPath: '/', targets: [] });
    tags({ 'arn:tg': ownTags });
    const TargetGroups = [{ TargetGroupArn: 'arn:tg', TargetGroupName: groupName, HealthCheckPath: '/' }];
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups });
    elb.on(DescribeTargetHealthCommand).resolves({ TargetHealthDescriptions: [] });
    elb.on(DeregisterTargetsCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    expect(await targetGroup({ ...event, phase: 'release' }, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['DeregisterTargets', 'RemoveTags']);
  });

  test('a security group loses our rules and tags, and stays', async () => {
    await given('OpenSecurityGroups', 'security group', 'sg-lb', { tags: {} });
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-lb' }] });
    const rule = { SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-lb', IsEgress: false };
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [rule] });
    ec2.on(DeleteTagsCommand).resolves({});
    await securityGroup({ ...event, phase: 'release' }, context);
    expect(mutations(ec2)).toEqual(['RevokeSecurityGroupIngress', 'DeleteTags']);
  });
});
