import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  type ResourceStatus,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { asked, cdkArguments, isApprovable, profileIn } from '../../infra/deployment/cdk-arguments.ts';
import { partitionProblem, regionProblem } from '../../infra/deployment/partition.ts';
import { stacksOf } from '../../infra/deployment/report.ts';
import { watchChanges } from '../../infra/deployment/stack-changes.ts';
import { targetProblem } from '../../infra/deployment/target-problem.ts';
import { root } from '../support/paths.ts';

const sts = mockClient(STSClient);
const ssm = mockClient(SSMClient);
const problemIn = (region = 'eu-central-1') =>
  targetProblem({ sts: new STSClient({ region }), ssmIn: (there = region) => new SSMClient({ region: there }) });

beforeEach(() => {
  sts.reset();
  ssm.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/me' });
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: '28' } });
});

describe('npm run deploy (A7)', () => {
  test('goes on where CDK has been bootstrapped', async () => {
    expect(await problemIn()).toBeUndefined();
    expect(ssm.commandCalls(GetParameterCommand)[0]?.args[0].input).toEqual({
      Name: '/cdk-bootstrap/hnb659fds/version',
    });
  });

  test('says how to bootstrap where nobody has', async () => {
    ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'UnknownError', $metadata: {} }));
    expect(await problemIn()).toEqual({
      message: 'Cannot deploy to aws://123456789012/eu-central-1: CDK has not been bootstrapped there',
      bootstrap: ['aws://123456789012/eu-central-1', 'aws://123456789012/us-east-1'],
    });
  });

  test("says the same of CloudFront's region, where Nameplate has a stack besides", async () => {
    ssm.on(GetParameterCommand).callsFake(async (_, getClient) => {
      if ((await getClient().config.region()) === 'us-east-1')
        throw new ParameterNotFound({ message: 'none', $metadata: {} });
      return { Parameter: { Value: '28' } };
    });
    expect(await problemIn()).toMatchObject({ bootstrap: ['aws://123456789012/us-east-1'] });
  });

  test("asks once where Nameplate is in CloudFront's region", async () => {
    await problemIn('us-east-1');
    expect(ssm.calls()).toHaveLength(1);
  });

  test('says how to bring an old bootstrap stack up to date', async () => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: '5' } });
    expect((await problemIn())?.message).toContain('has version 5, and 6 is needed');
  });

  test('leaves it to CDK where the parameter may not be read', async () => {
    ssm.on(GetParameterCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    expect(await problemIn()).toBeUndefined();
  });

  test('says what to do without credentials, and asks nothing else', async () => {
    sts.on(GetCallerIdentityCommand).rejects(new Error('Could not load credentials from any providers'));
    expect((await problemIn())?.message).toBe(
      'Cannot deploy: AWS does not know who asks (Could not load credentials from any providers); log in, or set AWS_PROFILE',
    );
    expect(ssm.calls()).toEqual([]);
  });

  test('refuses another partition in one sentence, by the region and by the caller', async () => {
    const sentence = /^Cannot deploy to the (region|partition) "[\w-]+": Nameplate works in the partition "aws" only, /;
    expect((await problemIn('cn-north-1'))?.message).toMatch(sentence);
    sts.on(GetCallerIdentityCommand).resolves({ Account: '1', Arn: 'arn:aws-us-gov:iam::1:user/me' });
    expect((await problemIn('eu-central-1'))?.message).toMatch(sentence);
  });

  test.each([
    ['shows the changes, and asks', { yes: false }, 'any-change'],
    ['asks nothing with --yes', { yes: true }, 'never'],
  ])('%s', (_, how, approval) => {
    expect(cdkArguments([], how)).toEqual(['deploy', '--all', '--require-approval', approval]);
    for (const given of [['--require-approval', 'broadening'], ['--require-approval=broadening']])
      expect(cdkArguments(given, how)).toEqual(['deploy', '--all', ...given]);
  });

  test.each([
    ['on a terminal', [], { terminal: true, yes: false }, true],
    ['without one by --yes', [], { terminal: false, yes: true }, true],
    ["without one by CDK's own word", ['--require-approval=never'], { terminal: false, yes: false }, true],
    ['without one by nothing else', ['-c', 'tenantOperations=50'], { terminal: false, yes: false }, false],
  ])('can be approved %s', (_, given, how, approvable) => {
    expect(isApprovable(given, how)).toBe(approvable);
  });

  test('keeps its own words from CDK', () => {
    expect(asked(['--yes', '--profile', 'staging', '--bootstrap', '--json'])).toEqual({
      yes: true,
      bootstrap: true,
      json: true,
      help: false,
      given: ['--profile', 'staging'],
    });
    expect(asked(['--hotswap'])).toMatchObject({ yes: false, bootstrap: false, json: false, given: ['--hotswap'] });
  });

  test.each([
    [['--profile', 'staging'], 'staging'],
    [['--all', '--profile=staging'], 'staging'],
    [['--hotswap'], undefined],
  ])('takes the profile of %j', (given, profile) => {
    expect(profileIn(given)).toBe(profile);
  });
});

describe('nameplate deploy --json', () => {
  const cloudFormation = mockClient(CloudFormationClient);
  const client = new CloudFormationClient({ region: 'eu-central-1' });
  beforeEach(() => void cloudFormation.reset());

  const StackId = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/Nameplate/1';
  let at = 0;
  const event = (
    LogicalResourceId: string,
    ResourceStatus: ResourceStatus,
    more: Partial<StackEvent> = {},
  ): StackEvent => ({
    EventId: `event-${++at}`,
    StackId,
    StackName: 'Nameplate',
    Timestamp: new Date(0),
    LogicalResourceId,
    PhysicalResourceId: LogicalResourceId.toLowerCase(),
    ResourceType: 'AWS::Lambda::Function',
    ResourceStatus,
    ...more,
  });
  const old = event('Api', 'CREATE_COMPLETE');
  const stack = { PhysicalResourceId: StackId, ResourceType: 'AWS::CloudFormation::Stack' };

  test('lists what became of resources since then, the newest last, and not of the stack itself', async () => {
    cloudFormation.on(DescribeStackEventsCommand).resolves({ StackEvents: [old] });
    const changes = await watchChanges(client, 'Nameplate');
    cloudFormation
      .on(DescribeStackEventsCommand)
      .resolves({ StackEvents: [event('Nameplate', 'UPDATE_COMPLETE', stack)], NextToken: 'more' })
      .on(DescribeStackEventsCommand, { NextToken: 'more' })
      .resolves({
        StackEvents: [
          event('Table', 'UPDATE_FAILED', { ResourceStatusReason: 'No' }),
          event('Api', 'UPDATE_COMPLETE'),
          event('Api', 'UPDATE_IN_PROGRESS'),
          old,
          event('Before', 'CREATE_COMPLETE'),
        ],
      });
    expect(await changes.read()).toEqual([
      { logicalId: 'Api', type: 'AWS::Lambda::Function', status: 'UPDATE_COMPLETE' },
      { logicalId: 'Table', type: 'AWS::Lambda::Function', status: 'UPDATE_FAILED', reason: 'No' },
    ]);
  });

  test('lists all of a stack that there was not', async () => {
    const none = Object.assign(new Error('Stack [Nameplate] does not exist'), { name: 'ValidationError' });
    cloudFormation.on(DescribeStackEventsCommand).rejects(none);
    const changes = await watchChanges(client, 'Nameplate');
    cloudFormation.on(DescribeStackEventsCommand).resolves({ StackEvents: [old] });
    expect(await changes.read()).toHaveLength(1);
  });

  test('lists none where nothing changed, and says nothing where the events may not be read', async () => {
    cloudFormation.on(DescribeStackEventsCommand).resolves({ StackEvents: [old] });
    expect(await (await watchChanges(client, 'Nameplate')).read()).toEqual([]);
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
    cloudFormation.on(DescribeStackEventsCommand).rejects(denied);
    expect(await (await watchChanges(client, 'Nameplate')).read()).toBeUndefined();
  });

  test("names the stacks as the assembly has them: one in CloudFront's region, two elsewhere", () => {
    expect(stacksOf('us-east-1')).toEqual([{ name: 'Nameplate', region: 'us-east-1' }]);
    expect(stacksOf('eu-central-1')[1]).toEqual({ name: 'NameplateEvents-eu-central-1', region: 'us-east-1' });
  });

  test.each([
    ['--json needs --yes', ['--json'], 2, /^$/, /give --yes to go on unasked\n$/],
    [
      'without a region it says what to do',
      ['--json', '--yes', '--profile', 'mine'],
      2,
      /^$/,
      /^Cannot deploy: no region is set; .*\n\nNext: nameplate deploy --yes --json --profile mine\n$/,
    ],
    [
      'what was typed is in the next command',
      ['--bootstrap', '-c', 'tenantOperations=50'],
      2,
      /^$/,
      /\n\nNext: nameplate deploy --bootstrap -c tenantOperations=50\n$/,
    ],
  ])('%s', (_, words, code, said, told) => {
    const env = { PATH: process.env['PATH'], HOME: '/nonexistent' };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/deploy.ts', ...words], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([code, expect.stringMatching(said), expect.stringMatching(told)]);
  });
});

test.each(['cn-northwest-1', 'us-gov-east-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'eusc-de-east-1'])(
  'the region %s is of another partition (A7)',
  (region) => expect(regionProblem(region)).toContain(`Cannot deploy to the region "${region}"`),
);

test.each(['us-east-1', 'eu-central-1', 'ap-southeast-5', 'il-central-1', 'mx-central-1', undefined])(
  'the region %s is not (A7)',
  (region) => expect(regionProblem(region)).toBeUndefined(),
);

test('the partition aws is the one (A7)', () => expect(partitionProblem('aws')).toBeUndefined());

describe('the app in cdk.json (A7)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nameplate-app-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { app } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { app: string };

  /** Every Node from 20 on that this machine has on its PATH, and the one that runs the tests. */
  const nodes = [
    ...new Set([process.execPath, ...(process.env['PATH'] ?? '').split(delimiter).map((at) => join(at, 'node'))]),
  ]
    .filter((node) => existsSync(node))
    .filter((node) => Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]) >= 20);

  test('is TypeScript that a file of plain JavaScript starts', () => {
    expect(app).toBe('node infra/run.mjs infra/app.ts');
  });

  test.each(nodes)('runs under %s on Node 24', (node) => {
    const file = join(folder, 'app.ts');
    writeFileSync(
      file,
      'const version: string = process.version;\nconsole.log(version, process.argv[2]);\nprocess.exitCode = 3;\n',
    );
    const { status, stdout } = spawnSync(node, ['infra/run.mjs', file, 'given'], { cwd: root, encoding: 'utf8' });
    expect([status, stdout]).toEqual([3, expect.stringMatching(/^v2[4-9]\.\d+\.\d+ given\n$/)]);
  });

  test('refuses another partition before it bundles anything', () => {
    const env = { ...process.env, CDK_DEFAULT_REGION: 'us-gov-west-1', CDK_OUTDIR: join(folder, 'out') };
    const { status, stderr } = spawnSync(process.execPath, ['infra/run.mjs', 'infra/app.ts'], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^Cannot deploy to the region "us-gov-west-1": .*\n$/)]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
