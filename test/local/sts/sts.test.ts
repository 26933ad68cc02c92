import { CreateRoleCommand, IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPermissions, type RolePermissions } from '../../../local/permissions/permissions.ts';
import { createIam } from '../../../local/services/iam/service.ts';
import { createSts } from '../../../local/services/sts/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const ROLE = 'arn:aws:iam::123456789012:role/Deployer';
const ROOT = 'arn:aws:iam::123456789012:root';

let aws: AFront;
let sts: STSClient;
let permissions: RolePermissions;

beforeEach(async () => {
  aws = await aFront({
    services(host) {
      const iam = createIam(host);
      permissions = createPermissions(host, iam.roles);
      return [iam.service, createSts(host, { roles: iam.roles, issue: permissions.issue }).service];
    },
    permissions: () => ({
      session: (key) => permissions.session(key),
      refusal: (ask) => permissions.refusal(ask),
    }),
  });
  sts = aws.client(STSClient);
});
afterEach(() => aws.close());

async function aRole({
  principal = { AWS: ROOT } as object,
  condition = {},
  allow = [] as string[],
  RoleName = 'Deployer',
}) {
  const Statement = [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const iam = aws.client(IAMClient);
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, MaxSessionDuration: 7200 }),
  );
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: allow, Resource: '*' }] };
  if (allow.length > 0) {
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify(policy) }));
  }
  return Role;
}

async function assume(more = {}, client = sts) {
  const input = { RoleArn: ROLE, RoleSessionName: 'session', ...more };
  const { Credentials, ...rest } = await client.send(new AssumeRoleCommand(input));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { credentials, expiresAt: Credentials?.Expiration, ...rest };
}

describe('AssumeRole of what is no role', () => {
  test.each([
    ['x', /at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20/],
    ['arn:aws:iam::12345:role/nameplate-dns', /^arn:aws:iam::12345:role\/nameplate-dns is invalid$/],
    ['arn:aws:iam::123456789012:user/somebody', /is invalid$/],
    ['nameplate-role-of-another-account', /is invalid$/],
  ])('A9: refuses "%s" as malformed, also to a caller who may not take it', async (RoleArn, message) => {
    await expect(assume({ RoleArn })).rejects.toMatchObject({ name: 'ValidationError', message });
    await aRole({ allow: ['acm:ListCertificates'] });
    const session = aws.client(STSClient, { credentials: (await assume()).credentials });
    await expect(assume({ RoleArn }, session)).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('GetCallerIdentity', () => {
  test('is the administrator for keys that were not issued here', async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012',
      Arn: ROOT,
      UserId: '123456789012',
    });
  });

  test('is the session of an assumed role, which needs no permission to ask', async () => {
    const role = await aRole({});
    const { credentials } = await assume();
    expect(await aws.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/session',
      UserId: `${role?.RoleId}:session`,
    });
  });
});

describe('AssumeRole', () => {
  test("gives credentials that the role's policies decide over", async () => {
    await aRole({ allow: ['iam:ListRoles'] });
    const { credentials, AssumedRoleUser, expiresAt } = await assume();
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/Deployer/session');
    expect(expiresAt?.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-11-22T13:00:00Z'));
    const iam = aws.client(IAMClient, { credentials });
    await iam.send(new ListRolesCommand({}));
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'x', PolicyName: 'y', PolicyDocument: '{}' })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:sts::123456789012:assumed-role/Deployer/session is not authorized to perform: iam:PutRolePolicy on ' +
        'resource: arn:aws:iam::123456789012:role/x because no identity-based policy allows the iam:PutRolePolicy action',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('is refused to whom the role does not trust, and for a role that is not there', async () => {
    const message = `User: ${ROOT} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`;
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied', message });
    await aRole({ principal: { Service: 'lambda.amazonaws.com' } });
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied', message });
  });

  test('wants the external id that the role asks for', async () => {
    await aRole({ condition: { StringEquals: { 'sts:ExternalId': 'secret-7' } } });
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume({ ExternalId: 'other' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await assume({ ExternalId: 'secret-7' });
  });

  test('judges a role that may take others with an external id only (B10)', async () => {
    await aRole({ RoleName: 'Function' });
    await aRole({ principal: { AWS: '*' } });
    const { credentials } = await assume({ RoleArn: ROLE.replace('Deployer', 'Function') });
    const Condition = { Null: { 'sts:ExternalId': 'false' } };
    const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE, Condition }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const put = new PutRolePolicyCommand({ RoleName: 'Function', PolicyName: 'p', PolicyDocument });
    await aws.client(IAMClient).send(put);
    const client = aws.client(STSClient, { credentials });
    await expect(assume({}, client)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('because no identity-based policy allows the sts:AssumeRole action'),
    });
    await assume({ ExternalId: 'nameplate' }, client);
  });

  test('from one role to another needs permission and trust, and lasts an hour at most', async () => {
    await aRole({ allow: ['sts:AssumeRole'] });
    const { credentials } = await assume();
    const chained = aws.client(STSClient, { credentials });
    await aRole({ RoleName: 'Inner', principal: { AWS: ROLE } });
    const RoleArn = 'arn:aws:iam::123456789012:role/Inner';
    await assume({ RoleArn }, chained);
    await expect(assume({ RoleArn, DurationSeconds: 7200 }, chained)).rejects.toThrow('role chaining');
    await expect(assume({ RoleArn })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('knows a role that a role has taken by who took it, so that a fault can be set at its calls', async () => {
    await aRole({ allow: ['sts:AssumeRole'] });
    const { credentials } = await assume();
    const RoleArn = (await aRole({ RoleName: 'Second', principal: { AWS: ROLE } }))?.Arn;
    const second = await assume({ RoleArn, RoleSessionName: 'second' }, aws.client(STSClient, { credentials }));
    const asSecond = aws.client(STSClient, { credentials: second.credentials });
    await asSecond.send(new GetCallerIdentityCommand({}));
    expect(aws.calls.since().at(-1)).toMatchObject({
      principal: expect.stringContaining('assumed-role/Second/second'),
      assumedBy: 'arn:aws:sts::123456789012:assumed-role/Deployer/session',
    });
    aws.faults.add({ service: 'sts', operation: '*', kind: 'error-before', caller: 'Deployer/session' });
    await expect(asSecond.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InternalFailure' });
  });

  test.each([
    [{ DurationSeconds: 60 }, 'Member must have value greater than or equal to 900'],
    [{ DurationSeconds: 50_000 }, 'Member must have value less than or equal to 43200'],
    [{ DurationSeconds: 7201 }, 'exceeds the MaxSessionDuration set for this role'],
    [{ RoleSessionName: 'x' }, 'Member must have length greater than or equal to 2'],
    [{ RoleSessionName: 'a b' }, 'Member must satisfy regular expression pattern'],
    [{ ExternalId: 'x' }, "Value 'x' at 'externalId' failed to satisfy constraint: Member must have length greater"],
    [{ SerialNumber: 'mfa', TokenCode: '1' }, '2 validation errors detected: '],
  ])('refuses %j', async (more, message) => {
    await aRole({});
    await expect(assume(more)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });

  test('expires in AWS time', async () => {
    await aRole({});
    const { credentials } = await assume({ DurationSeconds: 900 });
    const session = aws.client(STSClient, { credentials });
    await session.send(new GetCallerIdentityCommand({}));
    await aws.clock.advance(901_000);
    await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
  });
});
