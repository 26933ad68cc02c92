import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Api } from '../../cli/api.ts';
import { follow } from '../../cli/follow.ts';

const domain = 'shop.example.com';
const running = { domain, operation: { startedAt: '2026-11-30T12:00:00Z' }, steps: [], waiting: [], timeline: [] };
const ended = { domain, state: 'live', steps: [], waiting: [], timeline: [] };

let server: Server | undefined;
afterEach(() => void server?.close());

/** A site whose operation has ended, with its last step as it stood then or stands now. */
const marked = (step: object) => ({
  ...ended,
  steps: [{ name: 'MarkLive', startedAt: '2026-11-30T12:04:00Z', made: [], ...step }],
});
const done = { state: 'done', endedAt: '2026-11-30T12:04:01Z', message: 'Live' };

const answer =
  (body: object, type = 'application/json', status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': type, connection: 'close' }).end(JSON.stringify(body));
const cut = (response: ServerResponse): void => void response.destroy();

/** Follows a site at an API that gives these answers, the last one for ever. */
async function following(
  isLocal: boolean,
  ...answers: ((response: ServerResponse) => void)[]
): ReturnType<typeof follow> {
  let asked = 0;
  server = createServer((_, response) => answers[Math.min(asked++, answers.length - 1)]?.(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = { url, where: 'here', options: '', isLocal };
  const command = (words: string): string => `nameplate ${words} --stack staging`;
  return follow({ api: new Api(url), target, json: true, command }, domain, { wait: true });
}

test('a network that is gone for a moment ends no watching', async () => {
  expect(await following(false, answer(running), cut, cut, answer(ended))).toEqual(ended);
});

test('the last step, which ends after it has written the state, is waited for', async () => {
  const told = marked(done);
  const still = answer(marked({ state: 'running' }));
  expect(await following(true, answer(running), still, still, answer(told))).toEqual(told);
});

test('a last step whose worker has died is not waited for without end', async () => {
  const left = marked({ state: 'running' });
  expect(await following(true, answer(running), answer(left))).toEqual(left);
});

test('a step before the last one that never ended is not waited for', async () => {
  const left = { name: 'AwaitSync', startedAt: '2026-11-30T12:03:00Z', state: 'running', made: [] };
  const told = { ...ended, steps: [left, ...marked(done).steps] };
  expect(await following(true, answer(running), answer(told), answer(marked(done)))).toEqual(told);
});

test('what ends the watching says that what runs goes on, and how to watch it', async () => {
  await expect(following(false, answer(running), answer({}, 'text/html'))).rejects.toMatchObject({
    message: expect.stringMatching(
      /\nWhat runs for shop\.example\.com goes on\. Watch it: nameplate show shop\.example\.com --watch --stack staging$/,
    ),
  });
});

test('of a local AWS that was stopped nothing is said to go on', async () => {
  await expect(following(true, answer(running), cut)).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^Cannot reach the API at [^\n]*$/),
  });
});

test('afterwards a request to stop ends the process at once again', async () => {
  const before = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => process.listenerCount(signal));
  await following(true, answer(running), answer(ended));
  expect((['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => process.listenerCount(signal))).toEqual(before);
});
