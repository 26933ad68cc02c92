import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BuiltCommand } from '../support/built-command.ts';
import { Terminal } from '../support/terminal.ts';

let nameplate: BuiltCommand;
beforeAll(() => {
  nameplate = new BuiltCommand();
});
afterAll(() => nameplate.remove());

const read = (file: string): unknown => JSON.parse(readFileSync(join(nameplate.folder, file), 'utf8'));
const asking = (...words: string[]): Terminal =>
  new Terminal([process.execPath, nameplate.file, 'init', ...words], {
    cwd: nameplate.folder,
    env: { PATH: process.env['PATH'], HOME: nameplate.folder, TERM: 'xterm' },
  });

const DOMAIN = 'The domain, such as';
const ALIASES = 'Further names of the site';
const ORIGIN = 'What serves it';
const TYPE = 'The type of the new instance';
const EDGE = 'What viewers connect to: load-balancer, cdn, direct (load-balancer): ';
const PAGE = 'A page for viewers';

describe('init on a terminal', () => {
  test('asks for names, origin, edge and page, and again for what the API would refuse', async () => {
    const terminal = asking('asked.json');
    await terminal.answers(DOMAIN, 'co.uk');
    await terminal.sees('#/domain');
    await terminal.answers(DOMAIN, 'shop.example.com');
    await terminal.answers(ALIASES, 'shop.example.com');
    await terminal.sees('#/aliases/0');
    await terminal.answers(ALIASES, 'www.shop.example.com, app.shop.example.com');
    await terminal.answers(ORIGIN, 'i-nothing');
    await terminal.sees('#/origin/instance/id');
    await terminal.answers(ORIGIN, 'new');
    await terminal.answers(TYPE, '');
    await terminal.answers(EDGE, 'cdn');
    await terminal.answers(PAGE, 'yes');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(read('asked.json')).toEqual({
      $schema: './nameplate.schema.json',
      domain: 'shop.example.com',
      aliases: ['www.shop.example.com', 'app.shop.example.com'],
      origin: { newInstance: { type: 't4g.micro' } },
      edge: 'cdn',
      failover: {},
    });
  });

  test('offers no edge that the origin cannot have, and takes the defaults of who answers nothing', async () => {
    const terminal = asking('server.json');
    await terminal.answers(DOMAIN, 'shop.example.com');
    await terminal.answers(ALIASES, '');
    await terminal.answers(ORIGIN, '203.0.113.9');
    await terminal.answers('What viewers connect to: cdn, direct (direct): ', '');
    await terminal.answers(PAGE, '');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(read('server.json')).toEqual({
      $schema: './nameplate.schema.json',
      domain: 'shop.example.com',
      origin: { server: { address: '203.0.113.9' } },
      edge: 'direct',
    });
  });

  test.each([
    ['Ctrl-C', '\u0003', 130],
    ['the end of input, Ctrl-D,', '\u0004', 4],
  ])('%s at any question ends it, and writes nothing', async (_, key, code) => {
    for (const before of [[], [DOMAIN], [DOMAIN, ALIASES]]) {
      const terminal = asking('none.json');
      for (const question of before) await terminal.answers(question, question === DOMAIN ? 'shop.example.com' : '');
      await terminal.sees([DOMAIN, ALIASES, ORIGIN][before.length] ?? '');
      terminal.type(key);
      const ended = await terminal.ended();
      expect([ended.code, ended.lines]).toEqual([code, expect.arrayContaining(['Nothing was changed'])]);
      expect(ended.lines.filter((line) => line !== '').at(-1)).toMatch(/Next:.* nameplate init .*none\.json/);
    }
    expect(existsSync(join(nameplate.folder, 'none.json'))).toBe(false);
  });
});

describe('init by options', () => {
  test.each([
    ['a server at a public address', ['--server', '203.0.113.9'], { server: { address: '203.0.113.9' } }, 'direct'],
    ['a server by its name', ['--server', 'web.example.org'], { server: { name: 'web.example.org' } }, 'direct'],
    ['a server in the VPC', ['--server', '10.0.0.9'], { server: { address: '10.0.0.9' } }, 'load-balancer'],
    [
      'an instance that is created',
      ['--new-instance', 't4g.nano'],
      { newInstance: { type: 't4g.nano' } },
      'load-balancer',
    ],
  ])('gives %s an edge that takes it', async (_, words, origin, edge) => {
    const name = `${words[1]}.json`;
    const { code, stderr } = await nameplate.run(['init', name, '--domain', 'shop.example.com', ...words]);
    expect([code, stderr]).toEqual([0, '']);
    expect(read(name)).toEqual({ $schema: './nameplate.schema.json', domain: 'shop.example.com', origin, edge });
  });

  test('repeats in the next command where that goes, and writes the tenant', async () => {
    const placed = ['--stack', 'staging', '--tenant', 'acme'];
    const words = ['init', '--domain', 'acme.example.com', '--instance', 'i-0123456789abcdef0', ...placed];
    const { stdout } = await nameplate.run(words);
    expect(stdout).toMatch(/\nNext: nameplate plan acme\.example\.com\.json --stack staging --tenant acme\n$/);
    expect(read('acme.example.com.json')).toMatchObject({ tenant: 'acme' });
  });

  test('prints the document for scripts', async () => {
    const words = ['init', 'printed.json', '--domain', 'shop.example.com', '--server', '10.0.0.9', '--json'];
    const { code, stdout } = await nameplate.run(words);
    const printed = JSON.parse(stdout) as object;
    expect([code, { $schema: './nameplate.schema.json', ...printed }]).toEqual([0, read('printed.json')]);
  });

  test('takes one origin', async () => {
    const words = ['init', '--domain', 'a.example.com', '--server', '10.0.0.9', '--new-instance', 't4g.nano'];
    expect(await nameplate.run(words)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Cannot use two origins/),
    });
  });
});
