import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { BuiltCommand } from '../../support/built-command.ts';
import { type AnApi, anApi } from './a-console.ts';

let nameplate: BuiltCommand;
let api: AnApi;
let running: ChildProcess | undefined;

beforeAll(async () => {
  nameplate = new BuiltCommand();
  api = await anApi();
});
afterEach(() => void running?.kill('SIGKILL'));
afterAll(() => {
  api.close();
  nameplate.remove();
});

/** Runs it in a pipe until it has printed where it is. */
async function served(
  words: string[] = [],
  env: Record<string, string> = { NAMEPLATE_URL: api.url },
): Promise<{ child: ChildProcess; printed: string; link: string }> {
  const child = spawn(process.execPath, [nameplate.file, 'console', ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOME: nameplate.folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  let printed = '';
  for await (const chunk of child.stdout!) {
    printed += String(chunk);
    if (words.includes('--json') ? printed.includes('\n') : printed.includes('Next:')) break;
  }
  const [link = ''] = /http:[^"\s]+token=[^"\s]+/.exec(printed) ?? [];
  return { child, printed, link };
}

test('serves the built page and the API at the link that it prints, and Ctrl-C ends it with 130', async () => {
  const { child, printed, link } = await served();
  expect(printed).toMatch(/^The console of http:\/\/127\.0\.0\.1:\d+\. .*\n\n {2}http:\/\/127\.0\.0\.1:\d+\/\?token=/);
  expect(printed.trim().split('\n').at(-1)).toMatch(/^Next: open it/);
  const { origin } = new URL(link);
  expect((await fetch(`${origin}/`)).status).toBe(403);
  const [cookie = ''] = (await fetch(link)).headers.getSetCookie();
  const page = await fetch(`${origin}/`, { headers: { cookie, 'sec-fetch-dest': 'document' } });
  expect([page.status, await page.text()]).toEqual([200, expect.stringMatching(/^<!doctype html>/i)]);
  expect(await (await fetch(`${origin}/v1/sites`, { headers: { cookie } })).json()).toEqual({ sites: [] });
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('prints one document for scripts, and listens on the port that is asked for', async () => {
  const first = await served(['--json']);
  const { url } = JSON.parse(first.printed) as { url: string };
  const { port } = new URL(url);
  expect(await nameplate.run(['console', '--port', port], { env: { NAMEPLATE_URL: api.url } })).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(`Cannot listen on port ${port}: another process has it`),
  });
  first.child.kill('SIGTERM');
  expect(await once(first.child, 'exit')).toEqual([143, null]);
  const second = await served(['--port', port]);
  expect(new URL(second.link).port).toBe(port);
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
});

test('a session of AWS that ends while it serves is told to the page with how to log in, and it goes on after that', async () => {
  const [aws, session] = [join(nameplate.folder, '.aws'), join(nameplate.folder, 'session.json')];
  mkdirSync(aws, { recursive: true });
  writeFileSync(join(aws, 'config'), `[profile work]\nregion = us-east-1\ncredential_process = cat ${session}\n`);
  const logIn = () => {
    const keys = { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'a-secret-key', SessionToken: 'a-token' };
    const Expiration = new Date(Date.now() + 2_000).toISOString();
    writeFileSync(session, JSON.stringify({ Version: 1, ...keys, Expiration }));
  };
  const known = { url: api.url, account: '123456789012', at: new Date().toISOString() };
  const cache = join(nameplate.folder, '.cache', 'nameplate');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'stacks.json'), JSON.stringify({ 'work us-east-1 Nameplate ': known }));
  logIn();
  const { child, printed, link } = await served(['--profile', 'work'], {});
  expect(printed).toContain('The console of the stack "Nameplate" in us-east-1 of 123456789012');
  const [cookie = ''] = (await fetch(link)).headers.getSetCookie();
  const sites = () => fetch(new URL('/v1/sites', link), { headers: { cookie } });
  expect((await sites()).status).toBe(200);
  expect(api.heard.at(-1)?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\//);
  rmSync(session);
  let ended = await sites();
  while (ended.status === 200) ended = await sites();
  expect([ended.status, await ended.json()]).toEqual([
    401,
    expect.objectContaining({ detail: expect.stringMatching(/of the profile "work" .* log in: aws sso login/) }),
  ]);
  logIn();
  expect((await sites()).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
