import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPermissions, type RolePermissions } from '../../../local/permissions/permissions.ts';
import { createIam, type IamRoles } from '../../../local/services/iam/service.ts';
import { createSts } from '../../../local/services/sts/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const RoleArn = 'arn:aws:iam::123456789012:role/dns';
const RoleName = 'dns';
const Principal = { AWS: 'arn:aws:iam::123456789012:root' };
const trust = (Effect: 'Allow' | 'Deny') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Principal, Action: 'sts:AssumeRole' }] });

let aws: AFront;
let roles: IamRoles;
let permissions: RolePermissions;
beforeEach(async () => {
  aws = await aFront({
    lagShare: 1,
    services(host) {
      const iam = createIam(host);
      roles = iam.roles;
      permissions = createPermissions(host, iam.roles);
      return [iam.service, createSts(host, { roles: iam.roles, issue: permissions.issue }).service];
    },
    permissions: () => ({ session: (key) => permissions.session(key), refusal: (ask) => permissions.refusal(ask) }),
  });
});
afterEach(() => aws.close());

const ask = (operation: string, input: object, principal: object = { arn: Principal.AWS }) =>
  aws.dispatch({ service: 'iam', operation, input, principal: principal as { arn: string } });
const assume = () => aws.client(STSClient).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
const spread = () => aws.clock.advance(30_000);

describe('A5: where every change of a role takes some seconds to spread', () => {
  test('a role that was created cannot be assumed yet, though IAM returns it', async () => {
    await ask('CreateRole', { RoleName, AssumeRolePolicyDocument: trust('Allow') });
    expect(await ask('GetRole', { RoleName })).toMatchObject({ Role: { Arn: RoleArn } });
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
    await aws.clock.advance(1000);
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
    await spread();
    await assume();
  });

  test('a trust policy and permissions that were changed are judged by as before', async () => {
    await ask('CreateRole', { RoleName, AssumeRolePolicyDocument: trust('Deny') });
    await spread();
    const iam = aws.client(IAMClient);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('Allow') }));
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
    await spread();
    await assume();
    const Statement = [{ Effect: 'Allow', Action: 'route53:GetChange', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await ask('PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument });
    expect(roles.policiesOf(RoleArn)).toEqual([]);
    await spread();
    expect(roles.policiesOf(RoleArn)).toHaveLength(1);
  });

  test('CloudFormation waits until a role that it creates can be assumed', async () => {
    const cloudFormation = { service: 'cloudformation.amazonaws.com', arn: 'arn:aws:cloudformation:stack' };
    await ask('CreateRole', { RoleName, AssumeRolePolicyDocument: trust('Allow') }, cloudFormation);
    await assume();
  });
});
