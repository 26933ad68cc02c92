import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Internet } from '../../../local/internet/internet.ts';
import { createPermissions } from '../../../local/permissions/permissions.ts';
import { imagesOf } from '../../../local/services/ec2/images/image.ts';
import { createEc2 } from '../../../local/services/ec2/service.ts';
import { createIam } from '../../../local/services/iam/service.ts';
import { createSsm } from '../../../local/services/ssm/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { type AVpc, aVpc } from './an-ec2.ts';

const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  });
const allowing = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const REGISTER = 'ssm:UpdateInstanceInformation';
const CHANNELS = 'ssmmessages:*';
const one = {
  MinCount: 1,
  MaxCount: 1,
  ImageId: imagesOf('us-east-1').find(({ architecture }) => architecture === 'arm64')?.imageId as string,
  InstanceType: 't4g.micro',
} as const;

/** IAM, EC2 and Systems Manager together; every change of IAM takes some seconds to reach the others. */
let aws: AFront;
let ec2: EC2;
let iam: IAM;
let ssm: SSM;
let vpc: AVpc;
beforeAll(async () => {
  aws = await aFront({
    services(host) {
      const { service, roles, profiles } = createIam({ ...host, lagShare: 1 });
      const hooks = createEc2(host, { internet: new Internet({ clock: host.clock }), profiles });
      const { refusal } = createPermissions(host, roles);
      return [
        service,
        hooks.service,
        createSsm(host, { agents: hooks.agents, trustOf: roles.trustOf, refusal }).service,
      ];
    },
  });
  [ec2, iam, ssm] = [aws.client(EC2), aws.client(IAM), aws.client(SSM)];
  vpc = await aVpc(ec2);
});
beforeEach(() => aws.clock.advance(3_000));
afterAll(() => aws.close());

const spread = () => aws.clock.advance(31_000);

/** A profile with a role of the same name. */
async function aProfile(name: string, { service = 'ec2.amazonaws.com', actions = [REGISTER, CHANNELS] } = {}) {
  await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: trust(service) });
  const PolicyDocument = allowing(...actions);
  await iam.putRolePolicy({ RoleName: name, PolicyName: 'p', PolicyDocument });
  await iam.createInstanceProfile({ InstanceProfileName: name });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name });
  await spread();
}

const launch = (IamInstanceProfile: object | undefined, client = ec2, inPublic = true) =>
  client.runInstances({
    ...one,
    ...(IamInstanceProfile && { IamInstanceProfile }),
    NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: vpc.subnetIds[0], AssociatePublicIpAddress: inPublic }],
  });

/** The id of an instance whose agent has had its time. */
async function launched(...launching: Parameters<typeof launch>): Promise<string> {
  const { Instances } = await launch(...launching);
  await aws.clock.advance(80_000);
  return Instances?.[0]?.InstanceId as string;
}

async function seen(id: string) {
  const { InstanceInformationList } = await ssm.describeInstanceInformation({
    Filters: [{ Key: 'InstanceIds', Values: [id] }],
  });
  const { Status } = await ssm.getConnectionStatus({ Target: id });
  return [InstanceInformationList?.map(({ PingStatus }) => PingStatus), Status];
}

test('an instance shows the profile that it was launched with, by name or by ARN', async () => {
  await aProfile('Shown');
  const { Instances } = await launch({ Name: 'Shown' });
  const profile = {
    Arn: 'arn:aws:iam::123456789012:instance-profile/Shown',
    Id: expect.stringMatching(/^AIPA/),
  };
  expect(Instances?.[0]?.IamInstanceProfile).toEqual(profile);
  await launch({ Arn: profile.Arn });
  const { Reservations } = await ec2.describeInstances({
    Filters: [{ Name: 'iam-instance-profile.arn', Values: [profile.Arn] }],
  });
  expect(Reservations).toHaveLength(2);
});

test.each([
  [
    { Name: 'None' },
    'InvalidParameterValue',
    'Value (None) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
  ],
  [
    { Arn: 'arn:aws:iam::123456789012:instance-profile/None' },
    'InvalidParameterValue',
    'Value (arn:aws:iam::123456789012:instance-profile/None) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN',
  ],
  [
    { Name: 'None', Arn: 'arn:aws:iam::123456789012:instance-profile/None' },
    'InvalidParameterCombination',
    'not be used',
  ],
])('a launch with the profile %j is refused', async (profile, name, message) => {
  await expect(launch(profile)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});

test('a profile that was just created is not known to EC2 yet, nor is its role', async () => {
  await iam.createRole({ RoleName: 'Young', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') });
  await iam.createInstanceProfile({ InstanceProfileName: 'Young' });
  expect((await iam.getInstanceProfile({ InstanceProfileName: 'Young' })).InstanceProfile?.Roles).toEqual([]);
  await expect(launch({ Name: 'Young' })).rejects.toMatchObject({ message: expect.stringContaining('Invalid IAM') });
  await spread();
  await iam.addRoleToInstanceProfile({ InstanceProfileName: 'Young', RoleName: 'Young' });
  await expect(launch({ Name: 'Young' })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'IAM Instance Profile "arn:aws:iam::123456789012:instance-profile/Young" has no associated IAM Roles',
  });
  await spread();
  await launch({ Name: 'Young' });
});

test('who launches must be allowed to pass the role of the profile, and that one, to EC2', async () => {
  await aProfile('Passed');
  await aProfile('Other');
  const passing = {
    Effect: 'Allow' as const,
    Action: 'iam:PassRole',
    Resource: 'arn:aws:iam::123456789012:role/Passed',
    Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  };
  const running = { Effect: 'Allow' as const, Action: 'ec2:RunInstances', Resource: '*' };
  const client = aws.client(EC2, { credentials: aws.role(running, passing) });
  await expect(launch({ Name: 'Other' }, client)).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringContaining('iam:PassRole on resource: arn:aws:iam::123456789012:role/Other'),
  });
  await launch({ Name: 'Passed' }, client);
});

test('Session Manager reaches an instance whose profile lets it in, until the instance is stopped', async () => {
  await aProfile('Reached');
  const id = await launched({ Name: 'Reached' });
  expect(await seen(id)).toEqual([['Online'], 'connected']);
  await ec2.stopInstances({ InstanceIds: [id] });
  expect(await seen(id)).toEqual([['ConnectionLost'], 'notconnected']);
  await aws.clock.advance(60_000);
  await ec2.startInstances({ InstanceIds: [id] });
  await aws.clock.advance(80_000);
  expect(await seen(id)).toEqual([['Online'], 'connected']);
  await ec2.terminateInstances({ InstanceIds: [id] });
  await aws.clock.advance(60_000);
  expect(await seen(id)).toEqual([[], 'notconnected']);
});

test('it reaches none without a profile, nor one whose role EC2 may not assume, or that lets it do less, nor one without a way out', async () => {
  await aProfile('Untrusted', { service: 'lambda.amazonaws.com' });
  await aProfile('Mute', { actions: [REGISTER] });
  await aProfile('Silent', { actions: [CHANNELS] });
  expect(await seen(await launched(undefined))).toEqual([[], 'notconnected']);
  expect(await seen(await launched({ Name: 'Untrusted' }))).toEqual([[], 'notconnected']);
  expect(await seen(await launched({ Name: 'Mute' }))).toEqual([['Online'], 'notconnected']);
  expect((await seen(await launched({ Name: 'Silent' })))[0]).toEqual([]);
  expect((await seen(await launched({ Name: 'Reached' }, ec2, false)))[1]).toBe('notconnected');
});
