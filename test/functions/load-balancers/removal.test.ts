import {
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  AddListenerCertificatesCommand,
  CertificateNotFoundException,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  RemoveListenerCertificatesCommand,
  RemoveTagsCommand,
  ResourceInUseException,
  SetSecurityGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { ThingBefore } from '../../../aws/ledger/items.ts';
import { targetGroupPrefix } from '../../../domain/load-balancers/target-group.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { handler as removeListeners } from '../../../functions/load-balancers/remove-listeners.ts';
import { handler as removeLoadBalancer } from '../../../functions/load-balancers/remove-load-balancer.ts';
import { handler as removeSecurityGroups } from '../../../functions/load-balancers/remove-security-groups.ts';
import { handler as removeTargetGroups } from '../../../functions/load-balancers/remove-target-groups.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  awsError,
  context,
  domain,
  event,
  givenChange,
  givenSite,
  givenStep,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';
import { groupName } from '../../support/world.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
const about = { message: 'not there', $metadata: {} };
const arn = `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/${resourceName(domain)}/1`;
const made = (type: string, id: string) => ({ type, id, ours: true });

beforeEach(async () => {
  elb.reset();
  ec2.reset();
  elb.on(DeleteListenerCommand).resolves({}).on(DeleteLoadBalancerCommand).resolves({});
  elb.on(DeleteTargetGroupCommand).resolves({});
  elb.on(ModifyListenerCommand).resolves({}).on(RemoveTagsCommand).resolves({});
  elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: [] });
  ec2.on(DeleteSecurityGroupCommand).resolves({}).on(RevokeSecurityGroupIngressCommand).resolves({});
  loadBalancers(arn);
  tags({ [arn]: ownTags });
  await givenSite(ledger);
});

const named = (LoadBalancerArn: string) => ({
  LoadBalancerArn,
  LoadBalancerName: resourceName(domain),
  Type: 'application' as const,
});

function loadBalancers(...arns: string[]): void {
  const LoadBalancers = arns.map((LoadBalancerArn) => ({ ...named(LoadBalancerArn), DNSName: 'np.elb.test' }));
  elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers });
}

function tags(of: Record<string, { Key: string; Value: string }[]>): void {
  elb.on(DescribeTagsCommand).callsFake(({ ResourceArns }: { ResourceArns: string[] }) => ({
    TagDescriptions: ResourceArns.map((asked) => ({ ResourceArn: asked, Tags: of[asked] ?? [] })),
  }));
}

const listeners = (...arns: string[]) =>
  elb.on(DescribeListenersCommand).resolves({ Listeners: arns.map((each) => ({ ListenerArn: each, Port: 443 })) });

describe('RemoveListeners', () => {
  test('deletes ours and takes them out of the ledger', async () => {
    await givenStep(ledger, { name: 'AttachCertificate', made: [made('listener', 'arn:443')] });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    expect(await removeListeners(event, context)).toEqual({ left: [] });
    expect(elb.commandCalls(DeleteListenerCommand)[0]?.args[0].input).toEqual({ ListenerArn: 'arn:443' });
    expect((await theStep(ledger, 'AttachCertificate')).made).toEqual([]);
  });

  test('L7: has a listener that stays serve no further certificate of ours, and leaves those of others', async () => {
    await givenStep(ledger, { name: 'AttachCertificate', output: { listenerArn: 'arn:443' } });
    await givenStep(ledger, { name: 'RequestCertificate', made: [made('certificate', 'arn:former')] });
    listeners();
    const further = ['arn:former', 'arn:theirs'].map((CertificateArn) => ({ CertificateArn, IsDefault: false }));
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: further });
    await removeListeners(event, context);
    expect(mutations(elb)).toEqual(['RemoveListenerCertificates']);
    expect(elb.commandCalls(RemoveListenerCertificatesCommand)[0]?.args[0].input).toEqual({
      ListenerArn: 'arn:443',
      Certificates: [{ CertificateArn: 'arn:former' }],
    });
  });

  test('leaves a listener without our tags, and a load balancer that only bears our name', async () => {
    listeners('arn:8443');
    expect(await removeListeners(event, context)).toEqual({
      left: [{ type: 'listener', id: 'arn:8443', why: 'it has no owner tags' }],
    });
    tags({});
    await removeListeners(event, context);
    expect(mutations(elb)).toEqual([]);
  });
});

describe('RemoveLoadBalancer', () => {
  test('deletes ours, and nothing the second time', async () => {
    listeners();
    await removeLoadBalancer(event, context);
    loadBalancers();
    await removeLoadBalancer(event, context);
    expect(mutations(elb)).toEqual(['DeleteLoadBalancer']);
  });

  test('leaves one that somebody else listens on', async () => {
    listeners('arn:theirs');
    expect(await removeLoadBalancer(event, context)).toMatchObject({ left: [{ type: 'load balancer', id: arn }] });
    expect(mutations(elb)).toEqual([]);
  });

  test('says what to do about deletion protection', async () => {
    listeners();
    elb.on(DeleteLoadBalancerCommand).rejects(awsError('OperationNotPermitted'));
    await expect(removeLoadBalancer(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Turn it off, then undo again'),
    });
  });
});

describe('RemoveTargetGroups', () => {
  const groups = (...LoadBalancerArns: string[]) =>
    elb.on(DescribeTargetGroupsCommand).resolves({
      TargetGroups: [{ TargetGroupArn: 'arn:tg', TargetGroupName: groupName, LoadBalancerArns }],
    });
  beforeEach(() => {
    tags({ 'arn:tg': ownTags });
    loadBalancers();
  });

  test('deletes ours, and nothing the second time', async () => {
    groups();
    await removeTargetGroups(event, context);
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [] });
    await removeTargetGroups(event, context);
    expect(mutations(elb)).toEqual(['DeleteTargetGroup']);
  });

  test('L12: waits while ELB has yet to notice that its listener is gone', async () => {
    groups();
    elb.on(DeleteTargetGroupCommand).rejects(new ResourceInUseException(about));
    await expect(removeTargetGroups(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('leaves one that a standing load balancer forwards to', async () => {
    groups('arn:theirs');
    loadBalancers('arn:theirs');
    expect(await removeTargetGroups(event, context)).toMatchObject({ left: [{ id: 'arn:tg' }] });
    expect(mutations(elb)).toEqual([]);
  });

  test('W11: a change deletes what it no longer forwards to, also a group of ours that the ledger never heard of', async () => {
    const TargetGroups = ['tg', 'unheard'].map((name) => ({
      TargetGroupArn: `arn:${name}`,
      TargetGroupName: `${targetGroupPrefix(domain)}${name}`,
    }));
    const theirs = { TargetGroupArn: 'arn:theirs', TargetGroupName: 'theirs' };
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [...TargetGroups, theirs] });
    tags({ 'arn:tg': ownTags, 'arn:unheard': ownTags });
    await givenChange(ledger);
    await removeTargetGroups(event, context);
    expect(elb.commandCalls(DeleteTargetGroupCommand).map(({ args }) => args[0].input)).toEqual([
      { TargetGroupArn: 'arn:unheard' },
    ]);
  });

  test('touches none without our tags', async () => {
    groups();
    tags({});
    await removeTargetGroups(event, context);
    expect(mutations(elb)).toEqual([]);
  });
});

describe('RemoveSecurityGroups', () => {
  const world = (groups: string[], rules: [string, string][]) =>
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: groups.map((GroupId) => ({ GroupId })) })
      .on(DescribeSecurityGroupRulesCommand)
      .resolves({
        SecurityGroupRules: rules.map(([SecurityGroupRuleId, GroupId]) => ({ SecurityGroupRuleId, GroupId })),
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

  test('changes nothing when it runs again', async () => {
    world([], []);
    await removeSecurityGroups(event, context);
    expect(mutations(ec2)).toEqual([]);
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

  test("L12: waits until the load balancer's network interfaces are gone", async () => {
    world(['sg-ours'], []);
    ec2.on(DeleteSecurityGroupCommand).rejects(awsError('DependencyViolation'));
    await expect(removeSecurityGroups(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test.each(['InvalidGroup.NotFound'])('takes %s for done', async (code) => {
    world(['sg-ours'], []);
    ec2.on(DeleteSecurityGroupCommand).rejects(awsError(code));
    await expect(removeSecurityGroups(event, context)).resolves.toEqual({});
  });
});

describe('what was adopted', () => {
  const given = (name: string, type: string, id: string, before: ThingBefore) =>
    givenStep(ledger, { name, made: [{ ...made(type, id), before }] });

  test('a listener is set to what it was, then untagged', async () => {
    const settings = { Port: 443, Protocol: 'HTTPS', SslPolicy: 'theirs' };
    await given('AttachCertificate', 'listener', 'arn:443', { tags: {}, settings });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    elb.on(ModifyListenerCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    expect(await removeListeners(event, context)).toEqual({ left: [] });
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
    await removeListeners(event, context);
    expect(mutations(elb)).toEqual([
      'ModifyListener',
      'RemoveListenerCertificates',
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
    expect(await removeListeners(event, context)).toEqual({ left: [] });
    expect(mutations(elb)).toContain('RemoveTags');
  });

  test('a listener that stays keeps serving by SNI what it did, also where the site has used it', async () => {
    await givenStep(ledger, {
      name: 'AttachCertificate',
      output: { listenerArn: 'arn:443' },
      made: [{ ...made('listener', 'arn:443'), before: { tags: {}, settings: {}, certificates: ['arn:adopted'] } }],
    });
    await givenStep(ledger, { name: 'RequestCertificate', made: [made('certificate', 'arn:adopted')] });
    listeners();
    const Certificates = [{ CertificateArn: 'arn:adopted', IsDefault: false }];
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates });
    await removeListeners(event, context);
    expect(mutations(elb)).toEqual([]);
  });

  test('a load balancer leaves our security group and no other, keeps its listeners, and is untagged', async () => {
    await given('CreateLoadBalancer', 'load balancer', arn, { tags: {}, securityGroups: ['sg-theirs'] });
    await givenStep(ledger, { name: 'OpenSecurityGroups', made: [made('security group', 'sg-lb')] });
    const SecurityGroups = ['sg-theirs', 'sg-lb', 'sg-since'];
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ ...named(arn), SecurityGroups }] });
    listeners('arn:theirs');
    elb.on(SetSecurityGroupsCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    expect(await removeListeners(event, context)).toEqual({ left: [] });
    expect(await removeLoadBalancer(event, context)).toEqual({ left: [] });
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
    expect(await removeTargetGroups(event, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['RegisterTargets', 'DeregisterTargets', 'ModifyTargetGroup', 'RemoveTags']);
  });

  test('a security group loses our rules and tags, and stays', async () => {
    await given('OpenSecurityGroups', 'security group', 'sg-lb', { tags: {} });
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: 'sg-lb' }] });
    const rule = { SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-lb', IsEgress: false };
    ec2.on(DescribeSecurityGroupRulesCommand).resolves({ SecurityGroupRules: [rule] });
    ec2.on(DeleteTagsCommand).resolves({});
    await removeSecurityGroups(event, context);
    expect(mutations(ec2)).toEqual(['RevokeSecurityGroupIngress', 'DeleteTags']);
  });
});
