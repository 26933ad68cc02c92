import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createIam, type IamRoles } from '../../../local/services/iam/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

const LAMBDA_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const LISTING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'acm:List*', Resource: '*' }] };
const BASIC_EXECUTION = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

let aws: AFront;
let iam: IAMClient;
let roles: IamRoles;

beforeEach(async () => {
  aws = await aFront({
    services: (host) => {
      const created = createIam(host);
      roles = created.roles;
      return [created.service];
    },
  });
  iam = aws.client(IAMClient);
});
afterEach(() => aws.close());

const create = (RoleName = 'Step', more = {}) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: LAMBDA_TRUST, ...more }));

describe('roles', () => {
  test('are created, read and listed', async () => {
    const { Role } = await create('Step', {
      Path: '/nameplate/',
      Description: 'A step',
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    expect(Role).toMatchObject({
      RoleName: 'Step',
      Arn: 'arn:aws:iam::123456789012:role/nameplate/Step',
      RoleId: expect.stringMatching(/^AROA[0-9A-Z]{17}$/),
    });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(LAMBDA_TRUST);
    expect((await iam.send(new GetRoleCommand({ RoleName: 'Step' }))).Role).toEqual({
      ...Role,
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
    });
    await create('Another');
    const listed = await iam.send(new ListRolesCommand({}));
    expect(listed.Roles?.map(({ RoleName }) => RoleName)).toEqual(['Another', 'Step']);
    const [step, ...more] = (await iam.send(new ListRolesCommand({ PathPrefix: '/nameplate/' }))).Roles ?? [];
    expect([step?.Description, step?.Tags, more]).toEqual(['A step', undefined, []]);
  });

  test.each([
    ['a session of a minute', { MaxSessionDuration: 60 }],
    ['a description of 1,001 characters', { Description: 'x'.repeat(1001) }],
  ])('have no %s', async (_, more) => {
    await expect(create('Step', more)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('have no two tags whose keys differ by case', async () => {
    const Tags = ['site', 'Site'].map((Key) => ({ Key, Value: 'a' }));
    await expect(create('Step', { Tags })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    });
  });

  test('are listed one at least and 1,000 at most a page', async () => {
    for (const MaxItems of [0, 1001]) {
      await expect(iam.send(new ListRolesCommand({ MaxItems }))).rejects.toMatchObject({ name: 'ValidationError' });
    }
  });

  test('are listed page by page', async () => {
    for (const name of ['a', 'b', 'c']) await create(name);
    const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }));
    expect(first).toMatchObject({ IsTruncated: true });
    const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));
    expect(second.Roles?.map(({ RoleName }) => RoleName)).toEqual(['c']);
    expect(second.IsTruncated).toBe(false);
  });

  test('have names that are unique without regard to case', async () => {
    await create('Step');
    await expect(create('step')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name step already exists.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test.each([
    ['a b', 'Member must satisfy regular expression pattern'],
    ['x'.repeat(65), 'Member must have length less than or equal to 64'],
  ])('are not named "%s"', async (name, message) => {
    await expect(create(name)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });

  test('are missed by name', async () => {
    await expect(iam.send(new GetRoleCommand({ RoleName: 'None' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name None cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('are deleted once nothing is on them', async () => {
    await create();
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p', PolicyDocument: JSON.stringify(LISTING) }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Step', PolicyArn: BASIC_EXECUTION }));
    const conflict = { name: 'DeleteConflictException' };
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'Step' }))).rejects.toMatchObject(conflict);
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'Step', PolicyArn: BASIC_EXECUTION }));
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'Step' }))).rejects.toMatchObject(conflict);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p' }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'Step' }));
    await expect(iam.send(new GetRoleCommand({ RoleName: 'Step' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('may be trusted to somebody else later', async () => {
    await create();
    const arn = 'arn:aws:iam::123456789012:role/Step';
    const trust = LAMBDA_TRUST.replace('lambda', 'states');
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Step', PolicyDocument: trust }));
    expect(roles.trustOf(arn)).toEqual(JSON.parse(trust));
  });

  // Source: IAM API Reference, "TagRole", "UntagRole", "ListRoleTags", "UpdateRole"; checked 2026-11-30.
  test('are tagged and untagged, by keys without case', async () => {
    await create('Step', { Tags: [{ Key: 'Site', Value: 'a' }] });
    const RoleName = 'Step';
    const Tags = [
      { Key: 'site', Value: 'b' },
      { Key: 'x', Value: '' },
    ];
    await iam.send(new TagRoleCommand({ RoleName, Tags }));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual(Tags);
    expect(await iam.send(new ListRoleTagsCommand({ RoleName, MaxItems: 1 }))).toMatchObject({ IsTruncated: true });
    await expect(
      iam.send(new TagRoleCommand({ RoleName, Tags: [...Tags, { Key: 'X', Value: '' }] })),
    ).rejects.toMatchObject({ name: 'InvalidInputException' });
    const many = Array.from({ length: 49 }, (_, n) => ({ Key: `k${n}`, Value: 'v' }));
    await expect(iam.send(new TagRoleCommand({ RoleName, Tags: many }))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['SITE', 'absent'] }));
    expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Tags).toEqual([{ Key: 'x', Value: '' }]);
    await expect(iam.send(new TagRoleCommand({ RoleName: 'None', Tags }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('have another description or session from an update, which leaves what it does not say', async () => {
    await create('Step', { Description: 'before' });
    const RoleName = 'Step';
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ Description: 'before', MaxSessionDuration: 7200 });
    await expect(iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 43_201 }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('policies of a role', () => {
  const arn = 'arn:aws:iam::123456789012:role/Step';

  test('inline: put, read, listed, replaced and deleted', async () => {
    await create();
    const document = JSON.stringify(LISTING);
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p', PolicyDocument: document }));
    const read = await iam.send(new GetRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p' }));
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(document);
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'Step' }))).PolicyNames).toEqual(['p']);
    expect(roles.policiesOf(arn)).toEqual([LISTING]);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p' }));
    expect(roles.policiesOf(arn)).toEqual([]);
    await expect(iam.send(new GetRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p' }))).rejects.toMatchObject({
      message: 'The role policy with name p cannot be found.',
    });
  });

  test('inline: not more than a role may hold', async () => {
    await create();
    const Statement = Array.from({ length: 200 }, (_, index) => ({
      ...LISTING.Statement[0],
      Sid: `Statement${index}`,
    }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p', PolicyDocument })),
    ).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test('managed: created, attached, listed, detached and deleted', async () => {
    await create();
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'List', PolicyDocument: JSON.stringify(LISTING) }),
    );
    const PolicyArn = 'arn:aws:iam::123456789012:policy/List';
    expect(Policy).toMatchObject({ Arn: PolicyArn, AttachmentCount: 0, DefaultVersionId: 'v1' });
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Step', PolicyArn }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Step', PolicyArn }));
    expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'Step' }))).AttachedPolicies).toEqual([
      { PolicyName: 'List', PolicyArn },
    ]);
    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
      AttachmentCount: 1,
      Tags: [],
    });
    expect((await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies).toHaveLength(1);
    expect(roles.policiesOf(arn)).toEqual([LISTING]);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'Step', PolicyArn }));
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('managed by AWS: the one that functions need is there, others are not', async () => {
    await create();
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Step', PolicyArn: BASIC_EXECUTION }));
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: BASIC_EXECUTION, VersionId: 'v1' }),
    );
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('logs:PutLogEvents');
    await expect(
      iam.send(new GetPolicyVersionCommand({ PolicyArn: BASIC_EXECUTION, VersionId: '1' })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining("Value at 'versionId' failed to satisfy constraint"),
    });
    const absent = 'arn:aws:iam::123456789012:policy/Absent';
    await expect(iam.send(new GetPolicyVersionCommand({ PolicyArn: absent, VersionId: 'v1' }))).rejects.toMatchObject({
      message: `Policy ${absent} version v1 does not exist or is not attachable.`,
    });
    expect(roles.policiesOf(arn)).toHaveLength(1);
    await expect(
      iam.send(
        new AttachRolePolicyCommand({ RoleName: 'Step', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      ),
    ).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Policy arn:aws:iam::aws:policy/AdministratorAccess does not exist or is not attachable.',
    });
  });
});

describe('a policy document is refused', () => {
  const statement = LISTING.Statement[0];
  test.each([
    ['that is not JSON', '{', 'This policy contains invalid Json'],
    ['without statements', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
    ['of an unknown version', JSON.stringify({ ...LISTING, Version: '2013-10-17' }), 'a valid version string'],
    ['with an unknown effect', { ...statement, Effect: 'Perhaps' }, 'Syntax errors in policy.'],
    ['without actions', { Effect: 'Allow', Resource: '*' }, 'Policy statement must contain actions.'],
    ['without resources', { Effect: 'Allow', Action: 'acm:*' }, 'Policy statement must contain resources.'],
    [
      'with an action of no service',
      { ...statement, Action: 'List' },
      'Actions/Conditions must be prefaced by a vendor',
    ],
    [
      'with a resource that is no ARN',
      { ...statement, Resource: 'bucket' },
      'Resource bucket must be in ARN format or "*".',
    ],
    ['with two statements of one id', [statement, statement].map((one) => ({ ...one, Sid: 'a' })), 'must be unique'],
    ['with an id of two words', { ...statement, Sid: 'a b' }, 'must be alpha-numeric'],
    ['with a principal', { ...statement, Principal: '*' }, 'Policy document should not specify a principal.'],
    [
      'with an unknown operator',
      { ...statement, Condition: { StringIs: { a: 'b' } } },
      'Invalid Condition type : StringIs.',
    ],
  ])('%s', async (_, given, message) => {
    await create();
    const PolicyDocument =
      typeof given === 'string' ? given : JSON.stringify({ Version: '2012-10-17', Statement: given });
    await expect(
      iam.send(new PutRolePolicyCommand({ RoleName: 'Step', PolicyName: 'p', PolicyDocument })),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException', message: expect.stringContaining(message) });
  });

  test.each([
    ['on a resource', { Resource: '*' }, 'Has prohibited field Resource'],
    ['for nobody', { Principal: undefined }, 'Missing required field Principal'],
    [
      'for a service that is none',
      { Principal: { Service: 'lambda' } },
      'Invalid principal in policy: "SERVICE":"lambda"',
    ],
    [
      'for a role that is not there',
      { Principal: { AWS: 'arn:aws:iam::123456789012:role/Gone' } },
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/Gone"',
    ],
    ['for other actions', { Action: 'acm:List*' }, 'AssumeRole policy may only specify STS AssumeRole actions.'],
  ])('as trust %s', async (_, change, message) => {
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
      ...change,
    };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
    await expect(create('Step', { AssumeRolePolicyDocument })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message,
    });
  });
});

test('roles that are not there have neither policies nor trust', () => {
  expect(roles.policiesOf('arn:aws:iam::123456789012:role/None')).toEqual([]);
  expect(roles.trustOf('arn:aws:iam::123456789012:role/None')).toBeUndefined();
});

describe('a permissions boundary', () => {
  const boundary = async () => {
    const PolicyDocument = JSON.stringify(LISTING);
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'Bound', PolicyDocument }));
    return Policy?.Arn ?? '';
  };

  test('is told with the role, and keeps its policy from being deleted', async () => {
    const PermissionsBoundary = await boundary();
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: 'Bound', AssumeRolePolicyDocument: LAMBDA_TRUST, PermissionsBoundary }),
    );
    expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PermissionsBoundary);
    expect(roles.boundaryOf?.('arn:aws:iam::123456789012:role/Bound')).toEqual(LISTING);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: PermissionsBoundary }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.send(new DeleteRoleCommand({ RoleName: 'Bound' }));
    await iam.send(new DeletePolicyCommand({ PolicyArn: PermissionsBoundary }));
  });

  test('must be there', async () => {
    const PermissionsBoundary = 'arn:aws:iam::123456789012:policy/None';
    const input = { RoleName: 'Bound', AssumeRolePolicyDocument: LAMBDA_TRUST, PermissionsBoundary };
    await expect(iam.send(new CreateRoleCommand(input))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
