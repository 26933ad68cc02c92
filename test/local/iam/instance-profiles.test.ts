import { IAM } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createIam } from '../../../local/services/iam/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { type AFront, aFront } from '../../support/front.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const InstanceProfileName = 'Web';
const RoleName = 'Server';

let aws: AFront;
let iam: IAM;
beforeEach(async () => {
  aws = await aFront({ services: (host) => [createIam(host).service] });
  iam = aws.client(IAM);
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: TRUST });
});
afterEach(() => aws.close());

test('a profile is created, given its role and read', async () => {
  const Tags = [{ Key: 'team', Value: 'web' }];
  const { InstanceProfile } = await iam.createInstanceProfile({ InstanceProfileName, Path: '/shop/', Tags });
  expect(InstanceProfile).toMatchObject({
    Arn: 'arn:aws:iam::123456789012:instance-profile/shop/Web',
    InstanceProfileId: expect.stringMatching(/^AIPA[0-9A-Z]{17}$/),
    Roles: [],
    Tags,
  });
  await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName });
  const read = await iam.getInstanceProfile({ InstanceProfileName });
  expect(read.InstanceProfile?.Roles?.map((role) => role.Arn)).toEqual(['arn:aws:iam::123456789012:role/Server']);
  const ofRole = await iam.listInstanceProfilesForRole({ RoleName });
  const ofPath = await iam.listInstanceProfiles({ PathPrefix: '/shop/' });
  expect([ofRole, ofPath].map(({ InstanceProfiles }) => InstanceProfiles?.map(({ Tags: shown }) => shown))).toEqual([
    [undefined],
    [undefined],
  ]);
  expect((await iam.listInstanceProfiles({ PathPrefix: '/other/' })).InstanceProfiles).toEqual([]);
});

test('a profile has one role, and neither is deleted while it has', async () => {
  await iam.createInstanceProfile({ InstanceProfileName });
  await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName });
  await expect(iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName })).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
  });
  for (const refused of [iam.deleteInstanceProfile({ InstanceProfileName }), iam.deleteRole({ RoleName })]) {
    await expect(refused).rejects.toMatchObject({ name: 'DeleteConflictException' });
  }
  await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName });
  await expect(iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName })).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
  await iam.deleteInstanceProfile({ InstanceProfileName });
  await iam.deleteRole({ RoleName });
  await expect(iam.getInstanceProfile({ InstanceProfileName })).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'Instance Profile Web cannot be found.',
  });
});

test('names are unique without regard to case, and an account has 1,000 profiles', async () => {
  await iam.createInstanceProfile({ InstanceProfileName });
  await expect(iam.createInstanceProfile({ InstanceProfileName: 'web' })).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'Instance Profile web already exists.',
  });
  await expect(iam.createInstanceProfile({ InstanceProfileName: 'a b' })).rejects.toMatchObject({
    name: 'ValidationError',
  });
  for (let count = 1; count < 1_000; count += 1) {
    const principal = { arn: 'arn:aws:iam::123456789012:root' };
    const input = { InstanceProfileName: `p${count}` };
    await aws.dispatch({ service: 'iam', operation: 'CreateInstanceProfile', input, principal });
  }
  await expect(iam.createInstanceProfile({ InstanceProfileName: 'more' })).rejects.toMatchObject({
    name: 'LimitExceededException',
  });
});

test('who adds a role must be allowed to pass it to EC2', async () => {
  await iam.createInstanceProfile({ InstanceProfileName });
  const adding = { Effect: 'Allow', Action: 'iam:AddRoleToInstanceProfile', Resource: '*' } as const;
  const passing = (service: string) => ({
    Effect: 'Allow' as const,
    Action: 'iam:PassRole',
    Resource: 'arn:aws:iam::123456789012:role/Server',
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  const add = (...statements: Parameters<AFront['role']>) =>
    aws
      .client(IAM, { credentials: aws.role(...statements) })
      .addRoleToInstanceProfile({ InstanceProfileName, RoleName });
  for (const refused of [add(adding), add(adding, passing('lambda.amazonaws.com'))]) {
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('iam:PassRole') });
  }
  await add(adding, passing('ec2.amazonaws.com'));
});

describeWithAwsCli('the AWS CLI', () => {
  test('creates a profile and reads it', async () => {
    const ask = (...words: string[]) => awsCli(aws.url, 'iam', ...words);
    await ask('create-instance-profile', '--instance-profile-name', InstanceProfileName);
    await ask('add-role-to-instance-profile', '--instance-profile-name', InstanceProfileName, '--role-name', RoleName);
    const shown = await ask('get-instance-profile', '--instance-profile-name', InstanceProfileName);
    expect(JSON.stringify(shown)).toContain('role/Server');
  });
});
