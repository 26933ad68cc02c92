import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BuiltCommand, type Ran } from '../support/built-command.ts';
import { nextCommands, parse } from '../support/grammar.ts';
import { root } from '../support/paths.ts';
import { Terminal } from '../support/terminal.ts';
import { Transcripts } from '../support/transcripts.ts';

const SHOP = 'shop.example.test';

interface Addresses {
  api: string;
  aws: string;
  instance: string;
}

let nameplate: BuiltCommand;
let local: ChildProcess;
let addresses: Addresses;

beforeAll(async () => {
  nameplate = new BuiltCommand();
  const words = ['cli/nameplate.ts', 'local', '--json', '--speed', '500'];
  local = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of local.stdout!) {
    printed += String(chunk);
    if (printed.includes('\n')) break;
  }
  addresses = JSON.parse(printed) as Addresses;
});
afterAll(async () => {
  local.kill('SIGTERM');
  await once(local, 'exit');
  nameplate.remove();
});

const transcripts = new Transcripts(join(root, 'docs', 'transcripts.md'));

/** The command at the local AWS's API, as by NAMEPLATE_URL. */
async function run(...words: string[]): Promise<Ran> {
  const ran = await unheard(...words);
  transcripts.heard(words, ran);
  for (const next of nextCommands(ran.stdout + ran.stderr)) expect(() => parse(next)).not.toThrow();
  return ran;
}
const unheard = (...words: string[]): Promise<Ran> => nameplate.run(words, { env: { NAMEPLATE_URL: addresses.api } });
const lastLine = ({ stdout }: Ran): string | undefined => stdout.trim().split('\n').at(-1);
const file = (name: string, document: object): string => {
  writeFileSync(join(nameplate.folder, name), JSON.stringify(document));
  return name;
};

/** What --json prints is as the API's document says. */
async function fits(schema: string, { stdout }: Ran): Promise<unknown> {
  const { components } = (await (await fetch(`${addresses.api}/v1/openapi.json`)).json()) as { components: object };
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components });
  const printed: unknown = JSON.parse(stdout);
  expect([schema, ajv.validate({ $ref: `api#/components/schemas/${schema}` }, printed), ajv.errorsText()]).toEqual([
    schema,
    true,
    'No errors',
  ]);
  return printed;
}

/** The public subnets of the local AWS. */
async function subnets(): Promise<(string | undefined)[]> {
  const credentials = { accessKeyId: 'you', secretAccessKey: 'you' };
  const ec2 = new EC2Client({ endpoint: addresses.aws, region: 'us-east-1', credentials });
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  return Subnets.map(({ SubnetId }) => SubnetId);
}

/** A zone at the other DNS provider of the local AWS. */
const otherProvider = (name: string) =>
  fetch(`${addresses.aws}/_local/dns/zones`, { method: 'POST', body: JSON.stringify({ name }) });

describe('a site by the command, in a pipe', () => {
  test('is planned, applied, shown, switched, changed not at all and deleted, each output ending in the next command', async () => {
    const none = await run('list');
    expect([none.code, none.stdout]).toEqual([0, 'No sites yet\n\nNext: nameplate init\n']);

    const written = await run('init', 'new.json', '--domain', 'new.example.test', '--new-instance', 't4g.nano');
    expect(lastLine(written)).toBe('Next: nameplate plan new.json');
    expect((await run('certificates')).code).toBe(0);
    expect((await run('alerts')).code).toBe(0);

    const origin = { instance: { id: addresses.instance } };
    expect(lastLine(await run('list', '--tenant', 'acme'))).toBe('Next: nameplate init --tenant acme');
    const site = file('shop.json', {
      $schema: './x.json',
      domain: SHOP,
      origin,
      failover: { page: { title: 'Back soon' } },
    });
    const planned = await run('plan', site);
    expect([planned.code, lastLine(planned)]).toEqual([0, 'Next: nameplate apply shop.json']);
    await fits('Plan', await run('plan', site, '--json'));

    const unasked = await run('apply', site);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringMatching(/give --yes to go on unasked\n$/)]);
    expect((await run('list')).stdout).toContain('No sites yet');

    const applied = await run('apply', site, '--yes', '--wait');
    expect([applied.code, applied.stderr]).toEqual([0, '']);
    expect(applied.stdout).toMatch(/✔ MarkLive +Live at https:\/\/shop\.example\.test\//);
    expect(applied.stdout).toMatch(/Proof, as seen from outside\n {2}✔ shop\.example\.test {2}delegation: /);
    expect(applied.stdout).not.toContain('\u001b');
    expect(lastLine(applied)).toBe(`Next: nameplate show ${SHOP}`);

    const again = await run('apply', site, '--yes', '--json');
    expect(again.code).toBe(0);
    expect(await fits('Site', again)).toMatchObject({ domain: SHOP, state: 'live', revision: 1 });
    expect(await fits('SiteList', await run('list', '--json'))).toMatchObject({ sites: [{ domain: SHOP }] });
    const shown = await run('show', SHOP);
    expect(shown.stdout).toMatch(/^shop\.example\.test {2}live {2}revision 1\n/);
    expect(lastLine(shown)).toBe('Next: nameplate alerts');
    expect((await run('resume', SHOP)).stderr).toMatch(/\n\nNext: nameplate show shop\.example\.test\n$/);
    expect((await run('records', SHOP)).stdout).toContain('Nameplate writes the records');
    await fits('CertificateList', await run('certificates', '--json'));
    await fits('AlertList', await run('alerts', '--json'));

    const drilled = await run('maintenance', 'drill', SHOP, '--json');
    await fits('Drill', drilled);
    expect((await run('maintenance', 'drill', SHOP)).code).toBe(0);
    const on = await run('maintenance', 'on', SHOP, '--message', 'A minute, please', '--wait');
    expect([on.code, on.stderr]).toEqual([0, '']);
    expect(on.stdout).toMatch(/\nIts maintenance page: viewers see it since .* it says "A minute, please"\n/);
    expect(lastLine(on)).toBe(`Next: nameplate maintenance off ${SHOP}`);
    const off = await run('maintenance', 'off', SHOP, '--wait');
    expect([off.code, off.stderr]).toEqual([0, '']);
    await fits('Site', await run('maintenance', 'off', SHOP, '--wait', '--json'));
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const window = ['--from', `${day}T02:00`, '--until', `${day}T04:00`, '--time-zone', 'Europe/Berlin'];
    const declared = await fits('Window', await run('maintenance', 'schedule', SHOP, '--json', ...window));
    const { id } = declared as { id: string };
    expect((await run('maintenance', 'windows', SHOP)).stdout).toContain(id);
    const another = await run('maintenance', 'schedule', SHOP, '--message', 'A new shop', ...window);
    expect([another.code, another.stderr]).toEqual([0, '']);
    await fits('WindowList', await run('maintenance', 'windows', SHOP, '--cancel', id, '--json'));

    const leaving = await run('delete', SHOP, '--plan');
    expect([leaving.code, lastLine(leaving)]).toEqual([0, `Next: nameplate delete ${SHOP}`]);
    await fits('LeavingPlan', await run('delete', SHOP, '--plan', '--json'));
    const refused = await run('delete', SHOP, '--yes');
    expect(refused.code).toBe(4);
    const [, checksum = ''] = /--approve ([0-9a-f]{64})/.exec(refused.stderr) ?? [];
    const deleted = await run('delete', SHOP, '--yes', '--wait', '--approve', checksum);
    expect([deleted.code, deleted.stderr]).toEqual([0, '']);
    expect(deleted.stdout).toContain(`${SHOP} is undone`);
  });

  test('on an instance that was created is stopped, started, and keeps the instance that serves it', async () => {
    const domain = 'made.example.test';
    const [subnet] = await subnets();
    const site = file('made.json', { domain, edge: 'direct', origin: { newInstance: { type: 't4g.micro', subnet } } });
    expect((await unheard('apply', site, '--yes', '--wait')).code).toBe(0);
    const unasked = await run('server', 'stop', domain);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringMatching(/give --yes to go on unasked\n$/)]);
    const stopped = await run('server', 'stop', domain, '--yes');
    expect([stopped.code, stopped.stdout]).toEqual([
      0,
      expect.stringMatching(/^Stops the instance i-[0-9a-f]+: viewers/),
    ]);
    expect(lastLine(stopped)).toBe(`Next: nameplate server start ${domain}`);
    await seen(async () => (await unheard('server', 'start', domain)).code === 0);
    await fits('Site', await unheard('server', 'start', domain, '--json'));
    const kept = await run('server', 'remove', domain, '--yes');
    expect([kept.code, kept.stderr]).toEqual([4, expect.stringContaining('that no document of it uses')]);
    const [, checksum = ''] = /--approve ([0-9a-f]{64})/.exec((await unheard('delete', domain, '--yes')).stderr) ?? [];
    const approve = checksum === '' ? [] : ['--approve', checksum];
    const deleted = await unheard('delete', domain, '--yes', '--wait', ...approve);
    expect([deleted.code, deleted.stderr]).toEqual([0, '']);
  });

  test('that waits for records of a person ends with 3 and shows them; it is cancelled, and what it made is taken back', async () => {
    const domain = 'shop.elsewhere.test';
    await otherProvider('elsewhere.test');
    const site = file('elsewhere.yaml', {
      domain,
      origin: { server: { address: '203.0.113.9' } },
      edge: 'direct',
      dns: 'external',
    });
    const applied = await run('apply', site, '--yes');
    expect([applied.stderr, applied.code]).toEqual(['', 3]);
    expect(applied.stdout).toContain('Records to enter');
    expect(lastLine(applied)).toBe(`Next: nameplate show ${domain} --watch`);
    const zone = await run('records', domain, '--zone');
    expect(zone.stdout).toMatch(/^\S+\.elsewhere\.test\. \d+ IN (TXT|CNAME|A) /m);
    const cancelled = await run('cancel', domain, '--undo', '--yes', '--wait');
    expect([cancelled.code, cancelled.stderr]).toEqual([0, '']);
    expect(cancelled.stdout).toContain(`${domain} is undone`);
  });

  test('is not stopped by Ctrl-C: the command ends with 130 and says how to watch it', async () => {
    const domain = 'watched.elsewhere.test';
    const site = file('watched.json', {
      domain,
      origin: { server: { address: '203.0.113.9' } },
      edge: 'direct',
      dns: 'external',
    });
    expect((await unheard('apply', site, '--yes')).code).toBe(3);
    const watching = spawn(process.execPath, [nameplate.file, 'show', domain, '--watch', '--wait'], {
      env: { ...process.env, NAMEPLATE_URL: addresses.api },
    });
    let stderr = '';
    watching.stderr.on('data', (chunk) => (stderr += String(chunk)));
    await once(watching.stdout, 'data');
    watching.kill('SIGINT');
    const [code] = (await once(watching, 'close')) as [number];
    expect([code, stderr]).toEqual([
      130,
      `What runs for ${domain} goes on. Watch it: nameplate show ${domain} --watch\n`,
    ]);
    expect((await unheard('show', domain)).stdout).toContain('runs ');
    expect((await run('cancel', domain, '--yes', '--wait')).code).toBe(0);
    const undone = await run('undo', domain, '--yes', '--wait');
    expect([undone.code, undone.stderr]).toEqual([0, '']);
    expect(undone.stdout).toContain(`${domain} is undone`);
  });

  test('that there is not is refused with the problem of the API', async () => {
    const refused = await run('show', 'nothing.example.test', '--json');
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('nothing.example.test')]);
    expect(await fits('Problem', refused)).toMatchObject({ status: 404 });
    const told = await run('resume', 'nothing.example.test');
    expect(told).toMatchObject({ code: 4, stdout: '', stderr: expect.stringMatching(/\n\nNext: nameplate list\n$/) });
  });
});

/** What the command shows on a terminal of so many columns. */
async function onTerminal(columns: number, ...words: string[]): Promise<string[]> {
  const terminal = new Terminal([process.execPath, nameplate.file, ...words], {
    columns,
    cwd: nameplate.folder,
    env: { ...process.env, NAMEPLATE_URL: addresses.api, TERM: 'xterm' },
  });
  return (await terminal.ended()).lines;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is sent
const bare = (line: string): string => line.replace(/\u001b\[[\d;]*[A-Za-z]/g, '');

test.each([[60], [80], [200]])('on a terminal of %d columns no line is wider, and titles are bold', async (columns) => {
  const site = file('wide.json', { domain: 'wide.example.test', origin: { instance: { id: addresses.instance } } });
  for (const words of [[], ['--help'], ['init', '--help'], ['plan', site], ['list'], ['show', SHOP], ['alerts']]) {
    const lines = await onTerminal(columns, ...words);
    expect(lines.map(bare).filter((line) => line.length > columns)).toEqual([]);
  }
  expect((await onTerminal(columns, 'plan', site)).join('\n')).toContain(
    '\u001b[1mPlan for wide.example.test\u001b[22m',
  );
});

describe('on AWS, by the configuration of the AWS command line', () => {
  const SESSION = 'work';
  let sso: Server;
  let home: string;
  let iam: IAMClient;

  beforeAll(async () => {
    const admin = {
      endpoint: addresses.aws,
      region: 'us-east-1',
      credentials: { accessKeyId: 'you', secretAccessKey: 'you' },
    };
    iam = new IAMClient(admin);
    const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' };
    for (const RoleName of ['operator', 'newcomer'])
      await iam.send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
        }),
      );
    await allow('operator', {
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStacks', 'execute-api:Invoke'],
      Resource: '*',
    });
    // Stands in for the portal of IAM Identity Center, which the local AWS has not.
    // Source: IAM Identity Center Portal API Reference, GetRoleCredentials; checked 2026-11-30.
    sso = createServer(async (request, response) => {
      if (request.headers['x-amz-sso_bearer_token'] !== 'token') return response.writeHead(401).end();
      const { Credentials } = await new STSClient(admin).send(
        new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/operator', RoleSessionName: 'sso-user' }),
      );
      const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials!;
      const roleCredentials = {
        accessKeyId,
        secretAccessKey,
        sessionToken,
        expiration: Credentials!.Expiration!.getTime(),
      };
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ roleCredentials }));
    }).listen(0, '127.0.0.1');
    await once(sso, 'listening');
    home = join(nameplate.folder, 'home');
    mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    writeFileSync(
      join(home, '.aws', 'config'),
      `[profile keys]
region = us-east-1
aws_access_key_id = you
aws_secret_access_key = you
[profile operator]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/operator
source_profile = keys
[profile newcomer]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/newcomer
source_profile = keys
[profile nowhere]
aws_access_key_id = you
aws_secret_access_key = you
[profile single]
region = us-east-1
sso_session = ${SESSION}
sso_account_id = 123456789012
sso_role_name = operator
[sso-session ${SESSION}]
sso_region = us-east-1
sso_start_url = https://work.awsapps.com/start
`,
    );
    signIn(new Date(Date.now() + 3_600_000));
  });
  afterAll(() => {
    sso.closeAllConnections();
    sso.close();
    iam.destroy();
  });

  /** What `aws sso login` leaves behind. */
  const signIn = (expiresAt: Date): void =>
    writeFileSync(
      join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(SESSION).digest('hex')}.json`),
      JSON.stringify({
        accessToken: 'token',
        expiresAt: expiresAt.toISOString(),
        region: 'us-east-1',
        startUrl: 'https://work.awsapps.com/start',
      }),
    );

  const allow = (RoleName: string, statement: object) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: createHash('sha1').update(JSON.stringify(statement)).digest('hex'),
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      }),
    );

  const onAws = (words: string[], env: Record<string, string> = {}): Promise<Ran> =>
    nameplate.run(words, {
      env: {
        HOME: home,
        AWS_ENDPOINT_URL: addresses.aws,
        AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${(sso.address() as AddressInfo).port}`,
        ...env,
      },
    });
  const cacheFile = () => join(home, '.cache', 'nameplate', 'stacks.json');

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
    ['a profile that there is not', ['--profile', 'none'], /^Cannot find AWS credentials of the profile "none" \(/],
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
    const listed = await onAws(['list', ...words]);
    expect([listed.code, listed.stdout]).toEqual([2, '']);
    expect(listed.stderr).toMatch(sentence);
  });

  test('a session that has ended is told with how to log in', async () => {
    signIn(new Date(Date.now() - 1_000));
    const listed = await onAws(['list', '--profile', 'single']);
    signIn(new Date(Date.now() + 3_600_000));
    expect([listed.code, listed.stderr]).toEqual([2, expect.stringContaining('aws sso login')]);
  });

  test('each permission that is missing is named with a statement that, added as it is shown, grants it', async () => {
    const words = ['list', '--profile', 'newcomer'];
    for (const action of ['cloudformation:DescribeStacks', 'execute-api:Invoke']) {
      const denied = await onAws(words);
      expect([denied.code, denied.stdout]).toEqual([4, '']);
      expect(denied.stderr).toMatch(new RegExp(`assumed-role/newcomer/\\S+ is not allowed ${action} on arn:`));
      const [statement = ''] = /\{[\s\S]*\}/.exec(denied.stderr) ?? [];
      await allow('newcomer', JSON.parse(statement) as object);
      // A change of IAM spreads for a while: AWS time runs, and it is asked again until then.
      await seen(async () => !(await onAws(words)).stderr.includes(`not allowed ${action}`));
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
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/^Cannot find AWS credentials of the/)]);
    gateway.closeAllConnections();
    gateway.close();
  });

  test('the address of the API is cached, and looked up again when nothing answers there', async () => {
    const before = JSON.parse(readFileSync(cacheFile(), 'utf8')) as Record<string, { url: string }>;
    expect(Object.values(before).map(({ url }) => url)).toContain(addresses.api);
    const stale = Object.fromEntries(
      Object.entries(before).map(([key, known]) => [key, { ...known, url: 'http://127.0.0.1:9' }]),
    );
    writeFileSync(cacheFile(), JSON.stringify(stale));
    expect((await onAws(['list', '--profile', 'keys'])).code).toBe(0);
    const after = Object.values(JSON.parse(readFileSync(cacheFile(), 'utf8')) as typeof before).map(({ url }) => url);
    expect(after).toContain(addresses.api);
  });
});

/** Asks until it is so; a test's own limit ends what never is. */
async function seen(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

test('a local AWS that runs is found by the command of the same checkout', async () => {
  const { code, stdout } = await nameplate.run(['list', '--json', '--local'], { cwd: root });
  expect([code, stdout]).toEqual([2, '']);
  const child = spawn(process.execPath, ['cli/nameplate.ts', 'list', '--json', '--local'], { cwd: root });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  await once(child, 'close');
  expect(JSON.parse(printed)).toHaveProperty('sites');
});

test('docs/transcripts.md shows what the commands print: UPDATE_TRANSCRIPTS=1 writes it anew', () => {
  const { written, heard } = transcripts.compared({ update: process.env['UPDATE_TRANSCRIPTS'] === '1' });
  expect(written.length).toBeGreaterThan(8);
  expect(written).toEqual(heard);
});
