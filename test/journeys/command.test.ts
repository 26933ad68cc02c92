import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BuiltCommand, lastLine, type Ran } from '../support/built-command.ts';
import { nextCommands, parse } from '../support/grammar.ts';
import { LocalProcess } from '../support/local-process.ts';
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
let checkout: BuiltCommand;
let local: LocalProcess;
let addresses: Addresses;

const transcripts = new Transcripts(
  'sites.md',
  `# A site, from nothing to deleted

What the commands print in a pipe, one after the other: from a run of \`test/journeys/command.test.ts\` against the local AWS.`,
);

beforeAll(async () => {
  nameplate = new BuiltCommand();
  checkout = BuiltCommand.inCheckout();
  local = await LocalProcess.start(checkout.file, ['local']);
  const [, api = ''] = /API +(\S+)\/v1\/sites\n/.exec(local.printed) ?? [];
  const [, aws = ''] = /AWS +(http\S+)\n/.exec(local.printed) ?? [];
  const [, instance = ''] = /--instance (i-[0-9a-f]+)\n/.exec(local.printed) ?? [];
  addresses = { api, aws, instance };
  transcripts.says('## Where to try it');
  transcripts.typed('nameplate local --speed 500', { code: 0, stdout: local.printed, stderr: '' });
});
afterAll(async () => {
  // As the transcript has it: Ctrl-C is its regular end.
  expect(await local.interrupted()).toBe(0);
  checkout.remove();
  nameplate.remove();
});

/** The command at the local AWS's API, as by NAMEPLATE_URL. */
async function run(...words: string[]): Promise<Ran> {
  const ran = await unheard(...words);
  transcripts.heard(words, ran);
  for (const next of nextCommands(ran.stdout + ran.stderr)) expect(() => parse(next)).not.toThrow();
  return ran;
}
const unheard = (...words: string[]): Promise<Ran> => nameplate.run(words, { env: { NAMEPLATE_URL: addresses.api } });
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
    transcripts.says('## Before there is a site');
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
    transcripts.says('## Planned and applied');
    const planned = await run('plan', site);
    expect([planned.code, lastLine(planned)]).toEqual([0, 'Next: nameplate apply shop.json']);
    await fits('Plan', await run('plan', site, '--json'));

    const unasked = await run('apply', site);
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(/give --yes to go on unasked\n\nNext: nameplate .* --yes\n$/),
    ]);
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
    expect((await run('list')).stdout).toMatch(/^shop\.example\.test +live /m);
    const shown = await run('show', SHOP);
    expect(shown.stdout).toMatch(/^shop\.example\.test {2}live {2}revision 1\n/);
    expect(lastLine(shown)).toBe('Next: nameplate alerts');
    expect((await run('resume', SHOP)).stderr).toMatch(/\n\nNext: nameplate show shop\.example\.test\n$/);
    expect((await run('records', SHOP)).stdout).toContain('Nameplate writes the records');
    await fits('CertificateList', await run('certificates', '--json'));
    await fits('AlertList', await run('alerts', '--json'));

    transcripts.says('## Its maintenance page');
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

    transcripts.says('## Deleted');
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
    transcripts.says('## The instance that was created for a site');
    const unasked = await run('server', 'stop', domain);
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(/give --yes to go on unasked\n\nNext: nameplate .* --yes\n$/),
    ]);
    const stopped = await run('server', 'stop', domain, '--yes');
    expect([stopped.code, stopped.stdout]).toEqual([
      0,
      expect.stringMatching(/^Stops the instance i-[0-9a-f]+: viewers/),
    ]);
    expect(lastLine(stopped)).toBe(`Next: nameplate server start ${domain}`);
    await seen(async () => {
      const started = await unheard('server', 'start', domain);
      if (started.code === 0) transcripts.heard(['server', 'start', domain], started);
      return started.code === 0;
    });
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
    transcripts.says('## Records that a person enters elsewhere');
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
    transcripts.says('## Stopped, and taken back');
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

test('the console is served until Ctrl-C, which ends it with 130', async () => {
  const words = ['console', '--no-open'];
  const child = spawn(process.execPath, [nameplate.file, ...words], { env: { NAMEPLATE_URL: addresses.api } });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  while (!/\nNext: .*\n$/.test(stdout)) await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(130);
  transcripts.says('## In a browser\n\nThe link goes on until Ctrl-C; it is the only key to the console.');
  transcripts.heard(words, { code, stdout, stderr: '' });
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
  const kit = ['server-kit', SHOP, '--exported', '--out', 'kit'];
  const asked = [['plan', site], ['list'], ['show', SHOP], ['alerts'], ['certificates']];
  for (const words of [[], ['--help'], ['init', '--help'], ...asked, kit]) {
    const lines = await onTerminal(columns, ...words);
    expect(lines.map(bare).filter((line) => line.length > columns)).toEqual([]);
  }
  expect((await onTerminal(columns, 'plan', site)).join('\n')).toContain(
    '\u001b[1mPlan for wide.example.test\u001b[22m',
  );
});

/** Asks until it is so; a test's own limit ends what never is. */
async function seen(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

test('a local AWS that runs is found by the command of the same checkout', async () => {
  const { code, stdout } = await nameplate.run(['list', '--json', '--local'], { cwd: root });
  expect([code, stdout]).toEqual([2, '']);
  const listed = await checkout.run(['list', '--json', '--local']);
  expect(JSON.parse(listed.stdout)).toHaveProperty('sites');
});

test('docs/transcripts/sites.md shows what the commands print: UPDATE_TRANSCRIPTS=1 writes it anew', () => {
  const { written, heard } = transcripts.compared();
  expect(written).toEqual(heard);
});
