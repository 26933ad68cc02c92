import { describe, expect, test } from '@jest/globals';
import type { TemplateResource } from '../../../local/deployment/assembly.ts';
import { aStack, aTopic, deployed } from './a-stack.ts';

const document = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

const aRole: TemplateResource = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };

const aPolicy = (Action: string): TemplateResource => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'Policy', PolicyDocument: document(Action), Roles: [{ Ref: 'Role' }] },
});

const aFunction = ({
  key = 'one.zip',
  ...more
}: { key?: string } & Record<string, unknown> = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Bucket: 'assets', S3Key: key }, Handler: 'index.handler', Role: 'arn:role', ...more },
});

const answers = {
  'lambda:CreateFunction': ({ FunctionName }: { FunctionName: string }) => ({ FunctionName, FunctionArn: 'arn:f' }),
};

/** The calls of the second of two deployments of a stack. */
async function updated(
  before: Record<string, TemplateResource>,
  after: Record<string, TemplateResource>,
): Promise<string[]> {
  const first = await deployed(aStack(before), answers);
  const { calls } = await deployed(aStack(after), answers, { before: first });
  return calls.map(({ operation }) => operation);
}

describe('deploy() of a stack that is deployed already', () => {
  test('leaves alone what is as it was', async () => {
    const stack = { Role: aRole, Policy: aPolicy('a:B'), Function: aFunction() };
    expect(await updated(stack, stack)).toEqual([]);
  });

  test('updates what differs, keeping its name', async () => {
    const calls = await updated(
      { Role: aRole, Policy: aPolicy('a:B'), Function: aFunction() },
      { Role: aRole, Policy: aPolicy('a:C'), Function: aFunction({ key: 'two.zip' }) },
    );
    expect(calls).toEqual(['iam:PutRolePolicy', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration']);
  });

  test('makes what is new first, and deletes in the end what the template has no more, in reverse', async () => {
    const calls = await updated({ Role: aRole, Policy: aPolicy('a:B'), Former: aFunction() }, { Present: aFunction() });
    expect(calls).toEqual(['lambda:CreateFunction', 'lambda:DeleteFunction', 'iam:DeleteRolePolicy', 'iam:DeleteRole']);
  });

  test('retains what its DeletionPolicy keeps', async () => {
    expect(await updated({ Function: { ...aFunction(), DeletionPolicy: 'Retain' } }, {})).toEqual([]);
  });

  test('refuses an update or a deletion that the type does not have here, naming what changed', async () => {
    await expect(updated({ Function: aFunction() }, { Function: aFunction({ PackageType: 'Zip' }) })).rejects.toThrow(
      'updating "PackageType" is not part of the local AWS',
    );
    await expect(updated({ Topic: aTopic() }, {})).rejects.toThrow(
      'Cannot delete the AWS::SNS::Topic "Topic": that is not part of the local AWS',
    );
  });
});
