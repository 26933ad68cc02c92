import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { awsCli, describeWithAwsCli } from '../support/aws-cli.ts';
import { BuiltCommand, type Ran } from '../support/built-command.ts';
import { testWith } from '../support/installed.ts';
import { LocalProcess } from '../support/local-process.ts';
import { root } from '../support/paths.ts';
import { Transcripts } from '../support/transcripts.ts';

const run = promisify(execFile);
const SHOP = 'shop.example.test';

const DOCTOR = `# The doctor

What \`nameplate doctor\` prints in a pipe: from a run of \`test/journeys/local-command.test.ts\`, which has it look into the local AWS at a site
that is live, at a name whose certificate is for others, and at one that there is not. It looks at public names in the same way. [All findings](../doctor.md) are listed with their fixes.`;

/** What `npm run local -- --json` starts, as somebody's script would use it: by its one line of JSON and nothing else. */
describe('npm run local', () => {
  let local: LocalProcess;
  let addresses: LocalProcess['addresses'];

  beforeAll(async () => {
    local = await LocalProcess.start('cli/local.ts', ['--json']);
    addresses = local.addresses;
    const client = new EC2Client({
      endpoint: addresses.aws,
      region: 'us-east-1',
      credentials: { accessKeyId: 'you', secretAccessKey: 'you' },
    });
    const { Reservations } = await client.send(new DescribeInstancesCommand({}));
    client.destroy();
    const id = Reservations?.[0]?.Instances?.[0]?.InstanceId;
    const declared = await fetch(`${addresses.api}/v1/sites`, {
      method: 'POST',
      body: JSON.stringify({ domain: SHOP, origin: { instance: { id } } }),
    });
    expect(declared.status).toBe(202);
    for (let state = 'pending'; state === 'pending'; ) {
      const shown = await fetch(`${addresses.api}/v1/sites/${SHOP}`);
      state = ((await shown.json()) as { state: string }).state;
      // Each look is work for the local AWS, and while it works AWS time does not leap.
      await wait(200);
    }
  });
  afterAll(() => {
    local.child.kill('SIGKILL');
  });

  test('prints one line of JSON and nothing else', () => {
    expect(local.printed.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(addresses)).toEqual(['api', 'aws', 'dns', 'proxy', 'ca', 'speed', 'instance']);
    expect(addresses.speed).toBe(500);
    for (const address of [addresses.api, addresses.aws, addresses.dns, addresses.proxy])
      expect(address).toContain('127.0.0.1:');
  });

  testWith('curl', 'curl gets the page over https through the proxy, with nothing but the CA file', async () => {
    const { stdout } = await run('curl', [
      '-sS',
      '-x',
      addresses.proxy,
      '--cacert',
      addresses.ca,
      '-w',
      '\n%{http_code}',
      `https://${SHOP}/`,
    ]);
    expect(stdout).toContain('The shop is open');
    expect(stdout.endsWith('\n200')).toBe(true);
  });

  testWith('dig', 'dig gets addresses over UDP and TCP', async () => {
    const [host = '', port = ''] = addresses.dns.split(':');
    for (const transport of ['+notcp', '+tcp']) {
      const { stdout } = await run('dig', [`@${host}`, '-p', port, transport, '+short', SHOP]);
      expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining([expect.stringMatching(/^203\.0\.113\.\d+$/)]));
    }
  });

  describeWithAwsCli('the AWS CLI', () => {
    test('lists the hosted zone', async () => {
      const { HostedZones } = await awsCli(addresses.aws, 'route53', 'list-hosted-zones');
      expect(HostedZones).toEqual([expect.objectContaining({ Name: `${SHOP}.` })]);
    });
  });

  test('the doctor finds its way into it by itself, and says by its exit code what it found', async () => {
    // It looks into the one that was booted last, which others may be meanwhile.
    const announced = join(root, '.cache', 'running', `${local.child.pid}.json`);
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(announced, later, later);
    const checkout = BuiltCommand.inCheckout();
    const transcripts = new Transcripts('doctor.md', DOCTOR);
    const doctor = async (...words: string[]): Promise<Ran> => {
      const ran = await checkout.run(['doctor', ...words]);
      transcripts.heard(['doctor', ...words], ran);
      return ran;
    };
    expect((await doctor(SHOP)).stdout).toMatch(/\n {2}Healthy.*\n\nNext: nameplate list\n$/);
    const healthy = await doctor(SHOP, '--local', '--json');
    expect(healthy.code).toBe(0);
    expect(JSON.parse(healthy.stdout)).toMatchObject({ name: SHOP, verdict: 'healthy', unseen: [] });
    // A name that was left behind, as they are after a move: it leads to the load balancer, which has no certificate for it.
    const [address] = /203\.0\.113\.\d+/.exec(healthy.stdout) ?? [];
    await local.enter('elsewhere.test', { name: 'old.elsewhere.test', type: 'A', values: [address] });
    const broken = await doctor('old.elsewhere.test');
    expect([broken.code, broken.stderr]).toEqual([1, '']);
    expect(broken.stdout).toContain('certificateWrongName');
    const nothing = await doctor('nothing.example.test');
    expect([nothing.code, nothing.stderr]).toEqual([1, '']);
    expect(nothing.stdout).toContain('nameNotFound');
    expect(nothing.stdout).not.toContain('\u001b');
    const none = await doctor('127.0.0.1');
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toMatch(/^Cannot use "127\.0\.0\.1": it is an IP address/);
    checkout.remove();
    const { written, heard } = transcripts.compared();
    expect(written).toEqual(heard);
  });

  test('a web page of another origin reaches neither the API nor AWS', async () => {
    for (const url of [`${addresses.api}/v1/sites`, addresses.aws, `${addresses.aws}/_local/`]) {
      expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    }
  });

  test('says on stderr how to leave out what npm prints before the JSON, and only where npm has printed it', () => {
    const started = (script: string, loglevel?: string) =>
      spawnSync(process.execPath, ['cli/plan.ts', '--json', 'no-such-site.json'], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, npm_lifecycle_event: script, npm_config_loglevel: loglevel },
      }).stderr;
    expect(started('plan')).toContain('npm run --silent plan -- --json');
    expect(started('plan', 'silent')).not.toContain('npm run');
    expect(started('test')).not.toContain('npm run');
  });

  test('SIGTERM ends it with 0 and leaves nothing behind', async () => {
    local.child.kill('SIGTERM');
    const [code] = (await once(local.child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(existsSync(addresses.ca)).toBe(false);
  });
});

describe.each([
  [
    'a demo whose file is missing',
    ['cli/demo.ts', 'no-such-site.json'],
    /^Cannot read the site file "no-such-site\.json": there is no such file\n$/,
  ],
  [
    'a demo whose file is not JSON',
    ['cli/demo.ts', 'README.md'],
    /^Cannot use the site file "README\.md": it is not JSON/,
  ],
  ['a speed that is no number', ['cli/local.ts', '--speed', 'fast'], /--speed.*'fast'/],
])('%s', (_, words, sentence) => {
  test('says so in one sentence and exits 1', async () => {
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(sentence)]);
    expect(existsSync(join(root, 'no-such-site.json'))).toBe(false);
  });
});
