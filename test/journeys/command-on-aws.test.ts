import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsConfiguration } from '../support/aws-configuration.ts';
import { BuiltCommand, lastLine, type Ran } from '../support/built-command.ts';
import { LocalProcess } from '../support/local-process.ts';
import { Transcripts } from '../support/transcripts.ts';

let nameplate: BuiltCommand;
let checkout: BuiltCommand;
let local: LocalProcess;
let configuration: AwsConfiguration;

beforeAll(async () => {
  nameplate = new BuiltCommand();
  checkout = BuiltCommand.inCheckout();
  local = await LocalProcess.start('cli/nameplate.ts', ['local', '--json']);
  configuration = await AwsConfiguration.at(local.addresses.aws, join(nameplate.folder, 'home'));
});
afterAll(async () => {
  configuration?.close();
  await local?.interrupted();
  checkout?.remove();
  nameplate?.remove();
});

const transcripts = new Transcripts(
  'on-aws.md',
  `# On AWS

What the commands print in a pipe where they go to a stack: from a run of \`test/journeys/command-on-aws.test.ts\`. What they ask of AWS is
answered by the local AWS; profiles, roles and the session are in files, as they would be for AWS.`,
);

describe('on AWS, by the configuration of the AWS command line', () => {
  const onAws = (words: string[], env: Record<string, string> = {}): Promise<Ran> =>
    nameplate.run(words, { env: { ...configuration.env, ...env } });

  /** The same for the page. */
  async function shown(words: string[]): Promise<Ran> {
    const ran = await onAws(words);
    transcripts.heard(words, ran);
    return ran;
  }

  const cacheFile = () => join(configuration.home, '.cache', 'nameplate', 'stacks.json');

  test.each([
    ['the keys of a profile', ['--profile', 'keys'], {}],
    ['a role that a profile assumes', ['--profile', 'operator'], {}],
    ['the profile of AWS_PROFILE', [], { AWS_PROFILE: 'operator' }],
    [
      'keys and region of the environment',
      [],
      { AWS_ACCESS_KEY_ID: 'you', AWS_SECRET_ACCESS_KEY: 'you', AWS_DEFAULT_REGION: 'us-east-1' },
    ],
    ['a profile without a region, and --region', ['--profile', 'nowhere', '--region', 'us-east-1'], {}],
    ['a session of IAM Identity Center', ['--profile', 'single'], {}],
  ])('%s reach the stack', async (_, words, env) => {
    const listed = await onAws(['list', ...words], env);
    expect([listed.code, listed.stderr]).toEqual([0, '']);
    expect(lastLine(listed)).toMatch(/^Next: nameplate (init|show)/);
    for (const word of words) expect(lastLine(listed)).toContain(word);
  });

  test.each([
    [
      'a profile that there is not',
      ['--profile', 'none'],
      /^Cannot find the AWS profile "none": your AWS configuration has .*"operator"/,
    ],
    ['a profile without a region', ['--profile', 'nowhere'], /^Cannot tell the region: give --region/],
    [
      'a stack that there is not',
      ['--profile', 'keys', '--stack', 'Other'],
      /^Cannot find the stack "Other" in us-east-1: deploy it/,
    ],
    [
      'a region without the stack',
      ['--profile', 'keys', '--region', 'eu-west-1'],
      /^Cannot find the stack "Nameplate" in eu-west-1/,
    ],
  ])('%s is told with exit code 2 and the fix', async (_, words, sentence) => {
    const listed = await shown(['list', ...words]);
    expect([listed.code, listed.stdout]).toEqual([2, '']);
    expect(listed.stderr).toMatch(sentence);
  });

  test('a session that has ended is told with how to log in', async () => {
    configuration.signIn(new Date(Date.now() - 1_000));
    const listed = await shown(['list', '--profile', 'single']);
    configuration.signIn(new Date(Date.now() + 3_600_000));
    expect([listed.code, listed.stderr]).toEqual([
      2,
      expect.stringMatching(/expired.* log in: aws sso login --profile single,/),
    ]);
  });

  test('each permission that is missing is named with a statement that, added as it is shown, grants it', async () => {
    const words = ['list', '--profile', 'newcomer'];
    for (const action of ['cloudformation:DescribeStacks', 'execute-api:Invoke']) {
      const denied = await shown(words);
      expect([denied.code, denied.stdout]).toEqual([4, '']);
      expect(denied.stderr).toMatch(new RegExp(`assumed-role/newcomer/\\S+ is not allowed ${action} on arn:`));
      const [statement = ''] = /\{[\s\S]*\}/.exec(denied.stderr) ?? [];
      await configuration.allow('newcomer', JSON.parse(statement) as object);
      // A change of IAM spreads for a while: AWS time runs, and it is asked again until then.
      while ((await onAws(words)).stderr.includes(`not allowed ${action}`));
    }
    expect((await onAws(words)).code).toBe(0);
  });

  test("API Gateway's own address in NAMEPLATE_URL is signed for, and its 403 names what a policy lacks", async () => {
    // The local AWS answers to no such name: this stands in for API Gateway, as a proxy that leads to itself.
    const signatures: (string | undefined)[] = [];
    const gateway = createServer(({ headers }, response) => {
      signatures.push(headers.authorization);
      response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
      response.end('{"message":"Forbidden"}');
    }).on('connect', (_, client: Socket) => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      gateway.emit('connection', client);
    });
    await once(gateway.listen(0, '127.0.0.1'), 'listening');
    const env = {
      NAMEPLATE_URL: 'http://abc123.execute-api.us-east-1.amazonaws.com',
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
      NO_PROXY: '127.0.0.1',
    };
    const denied = await onAws(['list'], { ...env, AWS_PROFILE: 'operator' });
    expect([denied.code, denied.stdout]).toEqual([4, '']);
    expect(denied.stderr).toMatch(/assumed-role\/operator\/\S+ is not allowed execute-api:Invoke on arn:/);
    expect(denied.stderr).toContain('"arn:aws:execute-api:us-east-1:123456789012:abc123/$default/GET/v1/sites"');
    expect(signatures).toEqual([expect.stringContaining('/us-east-1/execute-api/aws4_request')]);
    const unknown = await onAws(['list'], { ...env, AWS_PROFILE: 'none' });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/^Cannot find the AWS profile "none"/)]);
    gateway.closeAllConnections();
    gateway.close();
  });

  test('the address of the API is cached, and looked up again when nothing answers there', async () => {
    const before = JSON.parse(readFileSync(cacheFile(), 'utf8')) as Record<string, { url: string }>;
    expect(Object.values(before).map(({ url }) => url)).toContain(local.addresses.api);
    const stale = Object.fromEntries(
      Object.entries(before).map(([key, known]) => [key, { ...known, url: 'http://127.0.0.1:9' }]),
    );
    writeFileSync(cacheFile(), JSON.stringify(stale));
    expect((await onAws(['list', '--profile', 'keys'])).code).toBe(0);
    const after = Object.values(JSON.parse(readFileSync(cacheFile(), 'utf8')) as typeof before).map(({ url }) => url);
    expect(after).toContain(local.addresses.api);
  });

  test('a deployment is refused where CDK was not bootstrapped, with exit code 2 and the command that does it', async () => {
    const words = ['deploy', '--profile', 'keys'];
    const refused = await checkout.run(words, { env: configuration.env });
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(lastLine(refused, 'stderr')).toBe('Next: nameplate deploy --bootstrap --profile keys');
    transcripts.says(`## Deploying

What comes after this is printed by \`cdk deploy\`: all changes, the question, and what CloudFormation does. It needs an account, and is not shown here.`);
    transcripts.heard(words, refused);

    const unasked = await checkout.run([...words, '--bootstrap'], { env: configuration.env });
    expect([unasked.code, unasked.stdout]).toEqual([2, '']);
    expect(lastLine(unasked, 'stderr')).toBe('Next: nameplate deploy --bootstrap --yes --profile keys');
    transcripts.heard([...words, '--bootstrap'], unasked);
  });
});

test('docs/transcripts/on-aws.md shows what the commands print: UPDATE_TRANSCRIPTS=1 writes it anew', () => {
  const { written, heard } = transcripts.compared();
  expect(written).toEqual(heard);
});
