import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionRequest,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ALambda, aLambda, roleArn } from './a-lambda.ts';
import { aZip } from './a-zip.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:greet';

describe('functions', () => {
  let aws: ALambda;
  const create = (request: Partial<CreateFunctionRequest> = {}) =>
    aws.lambdaClient.send(
      new CreateFunctionCommand({
        FunctionName: 'greet',
        Role: roleArn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: aZip({ 'index.mjs': 'export const handler = async () => process.env.WORD ?? "hi";' }) },
        ...request,
      }),
    );
  beforeEach(async () => {
    aws = await aLambda();
  });
  afterEach(async () => {
    await aws.close();
  });

  test('are made from a ZIP with the defaults that AWS gives, and run', async () => {
    expect(await create()).toMatchObject({
      FunctionArn: arn,
      Timeout: 3,
      MemorySize: 128,
      State: 'Active',
      PackageType: 'Zip',
      LastModified: expect.stringMatching(/^2026-11-22T12:00:00\.\d{3}\+0000$/),
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/greet' },
    });
    expect((await aws.invoke('greet')).payload).toBe('hi');
  });

  test('are found by name, by partial ARN and by ARN, and only as $LATEST', async () => {
    await create();
    for (const FunctionName of ['greet', '123456789012:function:greet', arn, `${arn}:$LATEST`]) {
      const { Configuration } = await aws.lambdaClient.send(new GetFunctionCommand({ FunctionName }));
      expect(Configuration?.FunctionArn).toBe(arn);
    }
    await expect(
      aws.lambdaClient.send(new GetFunctionCommand({ FunctionName: 'greet', Qualifier: '7' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `Function not found: ${arn}:7` });
    const elsewhere = arn.replace('us-east-1', 'eu-west-1');
    await expect(aws.lambdaClient.send(new GetFunctionCommand({ FunctionName: elsewhere }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    });
    const foreign = arn.replace('123456789012', '111122223333');
    await expect(aws.lambdaClient.send(new GetFunctionCommand({ FunctionName: foreign }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('have names of 64 characters at most', async () => {
    await expect(create({ FunctionName: 'f'.repeat(65) })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining("at 'functionName' failed to satisfy constraint: Member must have length less"),
    });
  });

  test.each([
    ['a name that is taken', {}, 'ResourceConflictException', 'Function already exist: greet'],
    ['a time limit over 15 minutes', { Timeout: 901 }, 'ValidationException', "Value '901' at 'timeout'"],
    ['too little memory', { MemorySize: 64 }, 'ValidationException', "Value '64' at 'memorySize'"],
    [
      'a runtime that is not Node.js',
      { Runtime: 'python3.14' as const },
      'InvalidParameterValueException',
      'python3.14',
    ],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      'Reserved keys used in this request: AWS_REGION',
    ],
    ['a network of its own', { VpcConfig: { SubnetIds: ['subnet-1'] } }, 'InvalidParameterValueException', 'VpcConfig'],
    [
      'a handler with a blank',
      { Handler: 'index handler' },
      'ValidationException',
      "'index handler' at 'handler' failed",
    ],
    [
      'a long description',
      { Description: 'd'.repeat(257) },
      'ValidationException',
      "at 'description' failed to satisfy",
    ],
    [
      'a variable of one character',
      { Environment: { Variables: { a: 'x' } } },
      'ValidationException',
      "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    ],
    ['a role that is none', { Role: 'role' }, 'ValidationException', "at 'role'"],
    [
      'code that is no ZIP',
      { Code: { ZipFile: Buffer.from('x') } },
      'InvalidParameterValueException',
      'Could not unzip',
    ],
    [
      'code that nobody published',
      { Code: { S3Bucket: 'bucket', S3Key: 'k' } },
      'InvalidParameterValueException',
      'nothing was published under s3://bucket/k',
    ],
  ])('refuse %s', async (_, request, name, message) => {
    await create();
    await expect(
      create({ FunctionName: Object.keys(request).length ? 'other' : 'greet', ...request }),
    ).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  test('refuse a role that does not trust Lambda', async () => {
    await aws.close();
    aws = await aLambda({
      deps: {
        roles: {
          issue: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: '' }),
          trustOf: () => ({
            Statement: { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
          }),
        },
      },
    });
    await expect(create()).rejects.toThrow('The role defined for the function cannot be assumed by Lambda.');
  });

  test('run with changed settings and changed code from the next invocation on', async () => {
    await create();
    await aws.invoke('greet');
    const { RevisionId } = await aws.lambdaClient.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'greet', Environment: { Variables: { WORD: 'hello' } } }),
    );
    expect((await aws.invoke('greet')).payload).toBe('hello');
    const ZipFile = aZip({ 'index.mjs': 'export const handler = async () => "new";' });
    await expect(
      aws.lambdaClient.send(new UpdateFunctionCodeCommand({ FunctionName: 'greet', ZipFile, RevisionId: 'old' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
    await aws.lambdaClient.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'greet', ZipFile, ...(RevisionId && { RevisionId }) }),
    );
    expect((await aws.invoke('greet')).payload).toBe('new');
  });

  test('are listed by name, page by page', async () => {
    for (const FunctionName of ['b', 'a', 'c']) await create({ FunctionName });
    const first = await aws.lambdaClient.send(new ListFunctionsCommand({ MaxItems: 2 }));
    expect(first.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'b']);
    const Marker = first.NextMarker ?? '';
    const second = await aws.lambdaClient.send(new ListFunctionsCommand({ Marker }));
    expect(second.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['c']);
    expect(second.NextMarker).toBeUndefined();
  });

  test('are gone after DeleteFunction', async () => {
    await create();
    await aws.lambdaClient.send(new DeleteFunctionCommand({ FunctionName: 'greet' }));
    await expect(aws.lambdaClient.send(new GetFunctionCommand({ FunctionName: 'greet' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('carry tags', async () => {
    await create({ Tags: { 'nameplate:site': 'a' } });
    await aws.lambdaClient.send(new TagResourceCommand({ Resource: arn, Tags: { b: '2' } }));
    await aws.lambdaClient.send(new UntagResourceCommand({ Resource: arn, TagKeys: ['nameplate:site'] }));
    expect((await aws.lambdaClient.send(new ListTagsCommand({ Resource: arn }))).Tags).toEqual({ b: '2' });
  });

  test('run no more often at once than was reserved for them', async () => {
    await create();
    await aws.lambdaClient.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'greet', ReservedConcurrentExecutions: 1 }),
    );
    const outcomes = await Promise.allSettled([aws.invoke('greet'), aws.invoke('greet')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
    expect(
      (await aws.lambdaClient.send(new GetFunctionConcurrencyCommand({ FunctionName: 'greet' })))
        .ReservedConcurrentExecutions,
    ).toBe(1);
    await expect(
      aws.lambdaClient.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'greet', ReservedConcurrentExecutions: 950 }),
      ),
    ).rejects.toThrow('below its minimum value of [100]');
  });

  test('run no more often at once than the account may, which in a new one is little (A7)', async () => {
    const small = await aLambda({ deps: { concurrency: 1 } });
    try {
      await small.aFunction('first', 'export const handler = () => "hello"');
      await small.aFunction('second', 'export const handler = () => "hello"');
      const outcomes = await Promise.allSettled([small.invoke('first'), small.invoke('second')]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
        name: 'TooManyRequestsException',
        Reason: 'ConcurrentInvocationLimitExceeded',
      });
      const reserve = new PutFunctionConcurrencyCommand({ FunctionName: 'first', ReservedConcurrentExecutions: 1 });
      await expect(small.lambdaClient.send(reserve)).rejects.toThrow('below its minimum value of [1]');
    } finally {
      await small.close();
    }
  });

  test("let an AWS service in by the policy's statement for its source, and no other", async () => {
    await create();
    const invokeFor = (service: string, source: string) =>
      aws.dispatch({
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: 'greet' },
        principal: { service, arn: source, sourceArn: source },
      });
    const rule = 'arn:aws:events:us-east-1:123456789012:rule/stack/Wake';
    await expect(invokeFor('events.amazonaws.com', rule)).rejects.toMatchObject({
      code: 'AccessDeniedException',
      message:
        `User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because ` +
        `no resource-based policy allows the lambda:InvokeFunction action for source ${rule}`,
    });
    await aws.lambdaClient.send(
      new AddPermissionCommand({
        FunctionName: 'greet',
        StatementId: 'rule',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/stack/*',
        SourceAccount: '123456789012',
      }),
    );
    expect(await invokeFor('events.amazonaws.com', rule)).toMatchObject({ StatusCode: 200 });
    await expect(invokeFor('sns.amazonaws.com', rule)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(invokeFor('events.amazonaws.com', `${rule.replace('stack', 'other')}`)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  test.each([
    ['a long id', { StatementId: 'a'.repeat(101) }, 'ValidationException'],
    ['an account that is none', { SourceAccount: '123' }, 'ValidationException'],
    ['an id with a blank', { StatementId: 'a b' }, 'ValidationException'],
    ["another service's action", { Action: 's3:GetObject' }, 'ValidationException'],
    ['a principal that is none', { Principal: 'me' }, 'InvalidParameterValueException'],
    ['$LATEST by name', { Qualifier: '$LATEST' }, 'InvalidParameterValueException'],
    ['a policy that has changed since', { RevisionId: 'old' }, 'PreconditionFailedException'],
  ])('take no permission with %s', async (_, more, name) => {
    await create();
    const permission = { StatementId: 'api', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', ...more };
    await expect(
      aws.lambdaClient.send(new AddPermissionCommand({ FunctionName: 'greet', ...permission })),
    ).rejects.toMatchObject({ name });
  });

  test('are configured for events by what was said alone, and by something', async () => {
    await create();
    const put = (more: object) =>
      aws.lambdaClient.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'greet', ...more }));
    await expect(put({})).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    const { $metadata: _, ...shown } = await put({ MaximumRetryAttempts: 0 });
    expect(shown).toEqual({
      FunctionArn: `${arn}:$LATEST`,
      LastModified: expect.any(Date),
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
    });
  });

  test('show their policy, take a statement id once and forget a statement', async () => {
    await create();
    const permission = {
      FunctionName: 'greet',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:us-east-1:123456789012:api1/*/*/v1/sites',
    };
    await aws.lambdaClient.send(new AddPermissionCommand(permission));
    await expect(aws.lambdaClient.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    const { Policy } = await aws.lambdaClient.send(new GetPolicyCommand({ FunctionName: 'greet' }));
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 'api',
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: { ArnLike: { 'AWS:SourceArn': permission.SourceArn } },
        },
      ],
    });
    await aws.lambdaClient.send(new RemovePermissionCommand({ FunctionName: 'greet', StatementId: 'api' }));
    await expect(aws.lambdaClient.send(new GetPolicyCommand({ FunctionName: 'greet' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
