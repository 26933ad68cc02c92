import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPermissions, type RolePermissions } from '../../../local/permissions/permissions.ts';
import type { PolicyStatement } from '../../../local/permissions/policy.ts';
import { createCloudFormation } from '../../../local/services/cloudformation/service.ts';
import type { Stacks } from '../../../local/services/cloudformation/stacks.ts';
import { type AFront, aFront } from '../../support/front.ts';

const ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/Nameplate/0123';
const ROLE = 'arn:aws:iam::123456789012:role/reader';
const MADE_AT = new Date('2026-11-30T10:00:00Z');

let aws: AFront;
let stacks: Stacks;
let permissions: RolePermissions;
let statement: PolicyStatement;
beforeEach(async () => {
  aws = await aFront({
    services(host) {
      permissions = createPermissions(host, {
        policiesOf: () => [{ Statement: statement }],
        trustOf: () => undefined,
      });
      const cloudformation = createCloudFormation();
      stacks = cloudformation.stacks;
      return [cloudformation.service];
    },
    permissions: () => ({
      session: (key) => permissions.session(key),
      refusal: (ask) => permissions.refusal(ask),
    }),
  });
  stacks.deployed(
    { name: 'Nameplate', id: ID, outputs: [{ key: 'ApiUrl', value: 'http://127.0.0.1:1', description: 'The API' }] },
    MADE_AT,
  );
});
afterEach(() => aws.close());

test.each([['Nameplate'], [ID]])('DescribeStacks shows the outputs of %s', async (StackName) => {
  const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
  expect(Stacks).toEqual([
    {
      StackName: 'Nameplate',
      StackId: ID,
      CreationTime: MADE_AT,
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [{ OutputKey: 'ApiUrl', OutputValue: 'http://127.0.0.1:1', Description: 'The API' }],
    },
  ]);
});

test('DescribeStacks shows when a stack was updated, and lists those of the region alone', async () => {
  stacks.deployed({ name: 'Nameplate', id: ID, outputs: [] }, new Date('2026-11-30T11:00:00Z'));
  stacks.deployed({ name: 'Other', id: ID.replace('us-east-1', 'eu-west-1'), outputs: [] }, MADE_AT);
  const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand());
  expect(Stacks).toMatchObject([{ StackName: 'Nameplate', StackStatus: 'UPDATE_COMPLETE', CreationTime: MADE_AT }]);
});

test('DescribeStacks says what the name of a stack can be', async () => {
  const asked = aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: 'test-1.2.3' }));
  await expect(asked).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value 'test-1.2.3' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*",
  });
});

test('DescribeStacks knows no stack that was not deployed there', async () => {
  const asked = aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: 'Nothing' }));
  await expect(asked).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id Nothing does not exist',
    $metadata: { httpStatusCode: 400 },
  });
});

test('DescribeStacks asks the policies about the stack', async () => {
  const asRole = aws.client(CloudFormationClient, { credentials: permissions.issue(ROLE, 'cli') });
  const ask = () => asRole.send(new DescribeStacksCommand({ StackName: 'Nameplate' }));
  statement = { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: ID.replace('Nameplate', 'Other') };
  await expect(ask()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`not authorized to perform: cloudformation:DescribeStacks on resource: ${ID}`),
  });
  statement = { Effect: 'Allow', Action: 'cloudformation:*', Resource: ID };
  expect((await ask()).Stacks).toHaveLength(1);
});
