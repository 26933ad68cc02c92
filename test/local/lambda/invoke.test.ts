import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ALambda, aLambda } from './a-lambda.ts';

describe('Invoke', () => {
  let aws: ALambda;
  beforeEach(async () => {
    aws = await aLambda();
  });
  afterEach(async () => {
    await aws.close();
  });

  test('answers with what the handler returned', async () => {
    await aws.aFunction('echo', 'export const handler = async (event) => ({ got: event.word });');
    const { payload, functionError } = await aws.invoke('echo', { word: 'hello' });
    expect(payload).toEqual({ got: 'hello' });
    expect(functionError).toBeUndefined();
  });

  test('runs CommonJS bundles in index.cjs and in index.js without a package.json', async () => {
    const source = 'exports.handler = async () => typeof require;';
    await aws.aFunction('cjs', source, { file: 'index.cjs' });
    await aws.aFunction('js', source, { file: 'index.js' });
    expect((await aws.invoke('cjs')).payload).toBe('function');
    expect((await aws.invoke('js')).payload).toBe('function');
  });

  test('answers null when the handler returns nothing, and gives an empty event when there is no payload', async () => {
    await aws.aFunction(
      'nothing',
      'export const handler = (event) => { if (Object.keys(event).length) throw event; };',
    );
    const { Payload } = await aws.lambdaClient.send(new InvokeCommand({ FunctionName: 'nothing' }));
    expect(Buffer.from(Payload ?? []).toString()).toBe('null');
  });

  test('tells the handler who it is', async () => {
    await aws.aFunction(
      'who',
      `export const handler = async (event, context) => ({
        ...context, remaining: context.getRemainingTimeInMillis() })`,
      { MemorySize: 256, Timeout: 20 },
    );
    expect((await aws.invoke('who')).payload).toMatchObject({
      functionName: 'who',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:who',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/who',
      awsRequestId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-/),
      remaining: expect.any(Number),
    });
  });

  test('gives the function its own environment and nothing of this process', async () => {
    process.env.A_SECRET_OF_THE_HOST = 'x';
    await aws.aFunction('env', 'export const handler = async () => process.env;', {
      Environment: { Variables: { TABLE_NAME: 'ledger' } },
    });
    const { payload } = await aws.invoke('env');
    delete process.env.A_SECRET_OF_THE_HOST;
    expect(payload).toMatchObject({
      TABLE_NAME: 'ledger',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_ENDPOINT_URL: aws.url,
      SMALL_INTERNET: 'documentation',
      AWS_ACCESS_KEY_ID: 'ASIAFUNCTION',
      AWS_SESSION_TOKEN: 'arn:aws:iam::123456789012:role/function-role env',
      _HANDLER: 'index.handler',
    });
    expect(payload).not.toHaveProperty('A_SECRET_OF_THE_HOST');
    expect(payload).not.toHaveProperty('AWS_EXECUTION_ENV');
  });

  test('uses an idle environment again and starts another one for a concurrent invocation', async () => {
    await aws.aFunction(
      'counts',
      `let count = 0;
       export const handler = async ({ ms }) => { count++; await new Promise((done) => setTimeout(done, ms)); return count; };`,
    );
    expect((await aws.invoke('counts', { ms: 0 })).payload).toBe(1);
    expect((await aws.invoke('counts', { ms: 0 })).payload).toBe(2);
    const both = await Promise.all([aws.invoke('counts', { ms: 300 }), aws.invoke('counts', { ms: 300 })]);
    expect(both.map(({ payload }) => payload).sort()).toEqual([1, 3]);
    expect(aws.lambda.statistics().counts).toMatchObject({ invocations: 4, coldStarts: 2, failures: 0 });
  });

  test('keeps only so many environments warm, the last used ones', async () => {
    await aws.close();
    aws = await aLambda({ deps: { maxIdle: 1 } });
    for (const name of ['one', 'two']) await aws.aFunction(name, 'export const handler = async () => 1;');
    for (const name of ['one', 'two', 'two', 'one']) await aws.invoke(name);
    expect(aws.lambda.environments()).toBe(1);
    const { one, two } = aws.lambda.statistics();
    expect([one?.coldStarts, two?.coldStarts]).toEqual([2, 1]);
  });

  test('says "Unhandled" with type, message and trace when the handler throws', async () => {
    await aws.aFunction(
      'throws',
      `class NotReady extends Error { name = 'NotReady' }
       export const handler = async () => { throw new NotReady('Wait a little'); };`,
    );
    const { payload, functionError } = await aws.invoke('throws');
    expect(functionError).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'NotReady',
      errorMessage: 'Wait a little',
      trace: expect.arrayContaining(['NotReady: Wait a little']),
    });
  });

  test('stops a function at its time limit and starts a new environment for the next invocation', async () => {
    await aws.aFunction('slow', 'export const handler = async ({ hang }) => hang ? new Promise(() => {}) : "quick";', {
      Timeout: 1,
    });
    const { payload, functionError, log } = await aws.invoke('slow', { hang: true });
    expect(functionError).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
    });
    expect(log).toContain('Task timed out after 1.00 seconds');
    expect((await aws.invoke('slow', {})).payload).toBe('quick');
    expect(aws.lambda.statistics().slow?.coldStarts).toBe(2);
  });

  test('stops a function that blocks its own event loop', async () => {
    await aws.aFunction('spins', 'export const handler = async () => { for (;;); };', { Timeout: 1 });
    expect((await aws.invoke('spins')).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  test.each([
    ['exits', 'process.exit(3)', { errorType: 'Runtime.ExitError', errorMessage: /exit status 3$/ }],
    ['leaves', 'process.exit(0)', { errorType: 'Runtime.ExitError', errorMessage: /without providing a reason$/ }],
    [
      'crashes',
      'setTimeout(() => { throw new TypeError("late"); })',
      { errorType: 'TypeError', errorMessage: /^late$/ },
    ],
    [
      'forgets',
      'void Promise.reject(new Error("lost"))',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: /lost/ },
    ],
  ])('names what happened when a function %s in the middle', async (name, statement, expected) => {
    await aws.aFunction(name, `export const handler = async () => { ${statement}; await new Promise(() => {}); };`);
    const { payload, functionError } = await aws.invoke(name);
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({
      errorType: expected.errorType,
      errorMessage: expect.stringMatching(expected.errorMessage),
    });
  });

  test('ends a function that takes more memory than it has, and nothing else with it', async () => {
    await aws.aFunction(
      'eats',
      'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); };',
      { MemorySize: 128, Timeout: 30 },
    );
    expect((await aws.invoke('eats')).payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed'),
    });
  });

  test.each([
    ['absent', 'index.mjs', 'gone.handler', 'export const handler = 1;', 'Runtime.ImportModuleError'],
    ['unnamed', 'index.mjs', 'index.other', 'export const handler = async () => 1;', 'Runtime.HandlerNotFound'],
    ['broken', 'index.cjs', 'index.handler', 'exports.handler = async () => {', 'Runtime.UserCodeSyntaxError'],
    ['needy', 'index.mjs', 'index.handler', 'import "jest"; export const handler = 1;', 'Runtime.ImportModuleError'],
    [
      'callback',
      'index.mjs',
      'index.handler',
      'export const handler = (e, c, done) => done();',
      'Runtime.CallbackHandlerDeprecated',
    ],
    ['falls', 'index.mjs', 'index.handler', 'throw new RangeError("no");', 'RangeError'],
  ])('says why the code of "%s" cannot be started', async (name, file, handler, source, errorType) => {
    await aws.aFunction(name, source, { file, Handler: handler });
    const { payload, functionError } = await aws.invoke(name);
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType });
  });

  test('kills what runs on request, as a crash would, and resumes with a new environment', async () => {
    await aws.aFunction('long', 'export const handler = async ({ hang }) => hang ? new Promise(() => {}) : "resumed";');
    const running = aws.invoke('long', { hang: true });
    await turnsUntil(() => aws.lambda.environments() === 1);
    await new Promise((turn) => setImmediate(turn));
    let killed = 0;
    while (killed === 0) {
      killed = await aws.lambda.kill('long');
      await new Promise((turn) => setImmediate(turn));
    }
    expect((await running).payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed'),
    });
    expect((await aws.invoke('long')).payload).toBe('resumed');
  });

  test('only looks when asked for a dry run', async () => {
    await aws.aFunction('dry', 'export const handler = async () => { throw new Error(); };');
    const answer = await aws.lambdaClient.send(new InvokeCommand({ FunctionName: 'dry', InvocationType: 'DryRun' }));
    expect(answer.StatusCode).toBe(204);
    expect(aws.lambda.statistics()).toEqual({});
  });

  test('refuses a payload that is not JSON and a function that is not there', async () => {
    await aws.aFunction('plain', 'export const handler = async () => 1;');
    await expect(
      aws.lambdaClient.send(new InvokeCommand({ FunctionName: 'plain', Payload: Buffer.from('{') })),
    ).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(aws.lambdaClient.send(new InvokeCommand({ FunctionName: 'gone' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:gone',
    });
  });
});

/** Turns the event loop until the condition holds. */
async function turnsUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((turn) => setImmediate(turn));
}
