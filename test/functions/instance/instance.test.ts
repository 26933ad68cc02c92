import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { instanceGroupName } from '../../../domain/ownership.ts';
import { handler } from '../../../functions/resources/instance.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  awsError,
  context,
  declareAnew,
  domain,
  event,
  givenSite,
  mutations,
  ownTags,
  theStep,
  turnToUndo,
} from '../../support/steps.ts';

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const ssm = mockClient(SSMClient);
const newInstance = {
  type: 't4g.micro',
  image: 'al2023' as const,
  diskGiB: 20,
  subnet: 'subnet-0000000a',
  sshFrom: ['203.0.113.0/24'],
  port: 80,
  healthPath: '/',
};
const group = { GroupId: 'sg-1', GroupName: instanceGroupName(domain), Tags: ownTags };
const created = { InstanceId: 'i-0123456789abcdef0', InstanceType: 't4g.micro' as const };
const describedAs = (state: 'pending' | 'running' | 'shutting-down') =>
  ec2
    .on(DescribeInstancesCommand)
    .resolves({ Reservations: [{ Instances: [{ ...created, State: { Name: state } }] }] });

beforeEach(async () => {
  ec2.reset();
  ssm.reset();
  ec2.on(DescribeInstancesCommand).resolves({});
  ec2.on(DescribeSecurityGroupsCommand).resolves({});
  ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ SubnetId: 'subnet-0000000a', VpcId: 'vpc-1' }] });
  ec2
    .on(DescribeInstanceTypesCommand)
    .resolves({ InstanceTypes: [{ ProcessorInfo: { SupportedArchitectures: ['arm64'] } }] });
  ec2.on(CreateSecurityGroupCommand).resolves({ GroupId: 'sg-1' });
  ec2.on(AuthorizeSecurityGroupIngressCommand).resolves({});
  ec2.on(RunInstancesCommand).resolves({ Instances: [{ ...created, State: { Name: 'pending' } }] });
  ssm.on(GetParameterCommand).callsFake(({ Name }) => ({
    Parameter: { Value: Name.startsWith('/aws/service/') ? 'ami-0123456789abcdef0' : 'allowed' },
  }));
  await givenSite(ledger, { site: { origin: { newInstance } } });
});

const launches = () => ec2.commandCalls(RunInstancesCommand).map(({ args }) => args[0].input);

describe('CreateInstance', () => {
  const prepare = () => handler({ ...event, phase: 'prepare' }, context);

  test('launches the newest image of its architecture, encrypted, with IMDSv2 and our tags, behind a group of its own', async () => {
    expect(await prepare()).toEqual({ instanceId: created.InstanceId });
    expect(mutations(ec2)).toEqual(['CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'RunInstances']);
    expect(ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input.Name)).toContain(
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    );
    const [launch] = launches();
    expect(launch).toMatchObject({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't4g.micro',
      IamInstanceProfile: { Name: 'Nameplate-Instances' },
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ Ebs: { VolumeSize: 20, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true } }],
      NetworkInterfaces: [{ SubnetId: 'subnet-0000000a', Groups: ['sg-1'] }],
    });
    expect(launch?.TagSpecifications?.map(({ ResourceType, Tags }) => [ResourceType, Tags])).toEqual(
      ['instance', 'volume', 'network-interface'].map((type) => [type, ownTags]),
    );
    expect(Buffer.from(launch?.UserData ?? '', 'base64').toString()).toMatch(/^#cloud-config\n/);
    expect(launch?.ClientToken?.length).toBeLessThanOrEqual(64);
    const opened = ec2.commandCalls(AuthorizeSecurityGroupIngressCommand)[0]?.args[0].input.IpPermissions;
    expect(opened).toMatchObject([{ FromPort: 22, IpRanges: [{ CidrIp: '203.0.113.0/24' }] }]);
    const step = await theStep(ledger, 'CreateInstance');
    expect(JSON.stringify(step)).toContain(`aws ssm start-session --target ${created.InstanceId}`);
    expect(step.made.map(({ type, id }) => `${type} ${id}`)).toEqual([
      'instance security group sg-1',
      'instance i-0123456789abcdef0',
    ]);
  });

  test('W7: sends the same token again when the answer was lost, also while EC2 does not show the instance', async () => {
    ec2
      .on(RunInstancesCommand)
      .rejectsOnce(awsError('InternalError'))
      .resolves({ Instances: [created] });
    await prepare().catch(() => undefined);
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [group] });
    await prepare();
    const tokens = new Set(launches().map(({ ClientToken }) => ClientToken));
    expect([tokens.size, launches().length > 1]).toEqual([1, true]);
  });

  test('puts the tags that are declared on all that is launched, beside ours', async () => {
    await declareAnew(ledger, { origin: { newInstance: { ...newInstance, tags: { team: 'shop' } } } });
    await prepare();
    const Tags = expect.arrayContaining([...ownTags, { Key: 'team', Value: 'shop' }]);
    expect(launches()[0]?.TagSpecifications).toEqual(
      ['instance', 'volume', 'network-interface'].map((ResourceType) => ({ ResourceType, Tags })),
    );
  });

  test('user data is passed on as it is, and is in no timeline', async () => {
    await declareAnew(ledger, { origin: { newInstance: { ...newInstance, userData: '#!/bin/sh\nsecret' } } });
    await prepare();
    expect(Buffer.from(launches()[0]?.UserData ?? '', 'base64').toString()).toBe('#!/bin/sh\nsecret');
    expect(JSON.stringify(await theStep(ledger, 'CreateInstance'))).not.toContain('secret');
  });

  test('a refusal of AWS says what to do', async () => {
    ec2.on(RunInstancesCommand).rejects(awsError('InsufficientInstanceCapacity'));
    await expect(prepare()).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('Declare another type'),
    });
  });
});

describe('RemoveInstance', () => {
  test('terminates the instance, waits, and deletes its group after it', async () => {
    await handler({ ...event, phase: 'prepare' }, context);
    await turnToUndo(ledger);
    ec2.resetHistory();
    ec2.on(TerminateInstancesCommand).resolves({});
    ec2.on(DeleteSecurityGroupCommand).resolves({});
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [group] });
    const release = () => handler({ ...event, phase: 'release' }, context);
    describedAs('running');
    await expect(release()).rejects.toMatchObject({ name: 'NotReady' });
    describedAs('shutting-down');
    await expect(release()).rejects.toMatchObject({ name: 'NotReady' });
    ec2.on(DescribeInstancesCommand).resolves({});
    expect(await release()).toEqual({ left: [] });
    expect(mutations(ec2)).toEqual(['TerminateInstances', 'DeleteSecurityGroup']);
  });
});
