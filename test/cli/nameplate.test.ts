import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { siteSchema } from '../../cli/site-schema.ts';
import { denied } from '../../cli/target/denied.ts';
import { fitMessage } from '../../cli/text/fit.ts';
import { BuiltCommand, olderNode } from '../support/built-command.ts';
import { root } from '../support/paths.ts';
import { Terminal } from '../support/terminal.ts';

/** The built command without any account: what it says of itself, and of words that it cannot use. */
let nameplate: BuiltCommand;
beforeAll(() => {
  nameplate = new BuiltCommand();
});
afterAll(() => nameplate.remove());

test('no argument shows usage by example', async () => {
  const { code, stdout, stderr } = await nameplate.run([]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('nameplate apply site.json');
  expect(stdout.trim().split('\n').at(-1)).toBe('Next: nameplate --help');
});

test('a pipe that is closed early, as by "| head -1", ends it without a word', async () => {
  const child = spawn(process.execPath, [nameplate.file, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = text(child.stderr);
  child.stdout.destroy();
  const [code] = (await once(child, 'close')) as [number];
  expect([code, await said]).toEqual([141, '']);
});

test('--help lists every command that the page documents, in a pipe without colours', async () => {
  const { code, stdout } = await nameplate.run(['--help']);
  expect(code).toBe(0);
  expect(stdout).not.toContain('\u001b');
  const listed = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
  const [, documented = ''] = readFileSync(join(root, 'docs/command.md'), 'utf8').split('| command | schema |');
  const cells = [...documented.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)/g)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(10);
  expect(listed).toEqual(expect.arrayContaining(names));
});

test.each([
  ['a typo is answered with the near command', ['lst'], /Did you mean list\?/],
  ['so is one of an option', ['list', '--jsn'], /Did you mean --json\?/],
  ['so is one of a command of a command', ['maintenance', 'drll'], /Did you mean drill\?/],
  ['so is one of a command whose help is asked for', ['help', 'lst'], /Did you mean list\?/],
  ['a missing argument is named', ['show'], /missing required argument 'domain'/],
  [
    'a file that is not there is named',
    ['plan', 'none.json'],
    /Cannot read the site file "none.json": there is no such/,
  ],
  ['a directory is no file', ['plan', '.'], /Cannot read the site file ".": it is a directory/],
  ['an empty domain is none', ['show', ''], /'' is invalid for argument 'domain'. It must be a domain alone, such as/],
  ['neither is an address of the web', ['show', 'https://shop.example.com/'], /It must be a domain alone/],
  ['an empty tenant is none', ['list', '--tenant', ''], /'--tenant <id>' argument '' is invalid. It is empty/],
  ['--local beside --profile is refused', ['list', '--local', '--profile', 'a'], /Cannot use --local with --profile/],
  ['--local needs one that runs', ['list', '--local'], /boot it in another terminal with "nameplate local"/],
  [
    'a region that is none is named',
    ['list', '--region', 'Frankfurt'],
    /Cannot use the region "Frankfurt": it is no name/,
  ],
  [
    'a profile is made where there is none',
    ['list', '--profile', 'me'],
    /profile "me": your AWS configuration has none; /,
  ],
  ['without a region it says how to set one', ['list'], /give --region, set AWS_REGION/],
  [
    'a local time needs a zone',
    ['maintenance', 'schedule', 'a.test', '--from', '2026-12-24T02:00', '--until', '2026-12-24T03:00Z'],
    /Cannot tell when "2026-12-24T02:00" is: give --time-zone/,
  ],
  ['without a checkout the local AWS is not there', ['local'], /clone Nameplate, run "npm ci" there/],
])('%s, with exit code 2', async (_, words, sentence) => {
  const { code, stdout, stderr } = await nameplate.run(words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(sentence);
  // What the grammar refuses ends with the help of that command.
  if (stderr.startsWith('error: ')) expect(stderr).toMatch(/\n\nNext: nameplate( [a-z]+){0,2} --help\n$/);
});

test.each(['ftp://127.0.0.1', 'shop', 'http://me:secret@127.0.0.1'])(
  'NAMEPLATE_URL=%s is told to be none, with exit code 2',
  async (url) => {
    const { code, stderr } = await nameplate.run(['list'], { env: { NAMEPLATE_URL: url } });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^Cannot use NAMEPLATE_URL: ".*" is no http: or https: URL/),
    ]);
  },
);

test('AWS that is not reached is told as the network, with exit code 1', async () => {
  const keys = { AWS_ACCESS_KEY_ID: 'you', AWS_SECRET_ACCESS_KEY: 'you', AWS_REGION: 'us-east-1' };
  const ran = await nameplate.run(['list'], { env: { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
  const told =
    /^Cannot reach AWS for the stack "Nameplate" in us-east-1 \(.*ECONNREFUSED.*\): see whether this machine is online/;
  expect([ran.code, ran.stderr]).toEqual([1, expect.stringMatching(told)]);
});

/** An API that answers these, and whatever comes after them never; the command is sent the signal then. */
async function stoppedAt(words: readonly string[], ...answers: [number, object][]): Promise<[number, string]> {
  let asked = 0;
  let child: ChildProcess | undefined;
  const api = createServer((_, response) => {
    const [status, body] = answers[asked++] ?? [];
    if (status === undefined) return void child?.kill('SIGINT');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const NAMEPLATE_URL = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  child = spawn(process.execPath, [nameplate.file, ...words], {
    env: { NAMEPLATE_URL },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = text(child.stderr!);
  const [code] = (await once(child, 'close')) as [number];
  api.closeAllConnections();
  api.close();
  return [code, await said];
}

describe('Ctrl-C ends the command with 130, and says how to watch what runs', () => {
  const domain = 'shop.example.com';
  const watch = `Watch it: nameplate show ${domain} --watch\n`;

  test.each([
    ['resume', []],
    ['maintenance on', []],
    ['cancel', ['--yes']],
    ['undo', ['--yes'], [200, { domain, state: 'failed' }]],
  ] as [string, string[], ...[number, object][]][])('before the answer to %s', async (command, options, ...answers) => {
    const words = [...command.split(' '), domain, ...options];
    expect(await stoppedAt(words, ...answers)).toEqual([
      130,
      `What was asked for ${domain} goes on if it has begun. ${watch}`,
    ]);
  });

  test('before the first look', async () => {
    expect(await stoppedAt(['resume', domain], [202, { domain }])).toEqual([
      130,
      `What runs for ${domain} goes on. ${watch}`,
    ]);
  });
});

test('what npx started ends with npx, though no signal reaches it through its shell', async () => {
  const line = `"${process.execPath}" "${nameplate.file}" console --json; exit $?`;
  const env = { ...process.env, NAMEPLATE_URL: 'http://127.0.0.1:9', npm_command: 'exec' };
  const shell = spawn('sh', ['-c', line], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  // The console holds the pipe until it has ended.
  await once(shell, 'close');
});

test('what it says is wrong is broken between words on a terminal, and a statement to copy is not', async () => {
  const terminal = (...words: string[]) =>
    new Terminal([process.execPath, nameplate.file, ...words], {
      columns: 60,
      cwd: nameplate.folder,
      env: { PATH: process.env['PATH'], HOME: nameplate.folder },
    }).ended();
  const { lines } = await terminal('list');
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.filter(({ length }) => length > 60)).toEqual([]);
  expect(lines.join(' ')).toMatch(/^Cannot tell the region: /);
  const { message } = denied('ask', { action: 'execute-api:Invoke', resource: `arn:${'a'.repeat(90)}` });
  expect(fitMessage(message, 60)).toContain(`"Resource": "arn:${'a'.repeat(90)}"`);
});

describe('a site document', () => {
  const declared = { domain: 'shop.example.com', origin: { instance: { id: 'i-0123456789abcdef0' } }, edge: 'direct' };

  test('is written by init, with the schema that the editor completes it by', async () => {
    const words = [
      'init',
      'site.json',
      '--domain',
      declared.domain,
      '--instance',
      'i-0123456789abcdef0',
      '--edge',
      'direct',
    ];
    const { code, stdout } = await nameplate.run(words);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').at(-1)).toBe('Next: nameplate plan site.json');
    const read = (file: string): unknown => JSON.parse(readFileSync(join(nameplate.folder, file), 'utf8'));
    expect(read('site.json')).toEqual({ $schema: './nameplate.schema.json', ...declared });
    expect(read('nameplate.schema.json')).toEqual(siteSchema());
    expect(await nameplate.run(words)).toMatchObject({ code: 2, stderr: expect.stringMatching(/it is there already/) });
  });

  test('is not written where its folder is not', async () => {
    const words = ['init', 'none/site.json', '--domain', declared.domain, '--server', '203.0.113.9'];
    const { code, stderr } = await nameplate.run(words);
    expect([code, stderr]).toEqual([2, 'Cannot write "none/site.json": its folder is not there; make that first\n']);
  });

  test('is refused by init where the API would refuse it', async () => {
    const { code, stderr } = await nameplate.run(['init', '--domain', 'co.uk', '--server', '203.0.113.9']);
    expect(code).toBe(2);
    expect(stderr).toContain('#/domain');
  });

  test('is asked for on a terminal only', async () => {
    const { code, stderr } = await nameplate.run(['init']);
    expect([code, stderr]).toEqual([2, 'Cannot ask for it, as this is no terminal: give --domain\n']);
  });

  test('in YAML says where it is broken', async () => {
    writeFileSync(join(nameplate.folder, 'broken.yaml'), 'domain: a\ndomain: b\n');
    const { code, stderr } = await nameplate.run(['plan', 'broken.yaml']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/it is not YAML \(Map keys must be unique at line 2, column 1\)/);
  });

  test.each([
    ['YAML', 'domain: a\ndomain: b\n', /"-": it is not YAML \(Map keys must be unique at line 2, column 1\)/],
    ['JSON', ' {"domain" "a"}', /"-": it is not JSON \(.* at line 1, column 12\)/],
    ['nothing', '', /"-": it is empty; "nameplate init" writes one/],
  ])('is read from the standard input as %s', async (_, input, sentence) => {
    expect(await nameplate.run(['plan', '-'], { input })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(sentence),
    });
  });

  test('is checked by the schema as the API checks it, with or without "$schema"', async () => {
    const { stdout } = await nameplate.run(['schema']);
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(stdout) as object);
    expect([declared, { $schema: './x.json', ...declared }].map((each) => valid(each))).toEqual([true, true]);
    expect([{ ...declared, edge: 'none' }, { ...declared, domian: 'x' }, {}].map((each) => valid(each))).toEqual(
      Array(3).fill(false),
    );
  });
});

const older = olderNode();
(older === undefined ? test.skip : test)('runs as it lies on an older Node', async () => {
  const shown = await nameplate.run(['--help'], { ...(older !== undefined && { node: older }) });
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  const asked = await nameplate.run(['list'], { ...(older !== undefined && { node: older }) });
  expect(asked).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Cannot tell the region/) });
});
