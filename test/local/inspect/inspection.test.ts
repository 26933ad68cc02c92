import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;

beforeEach(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'acm',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-acm'),
        operations: { ListCertificates: recording() },
      },
    ],
  });
});
afterEach(() => aws.close());

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await fetch(`${aws.url}${path}`, { method, headers, ...sent });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}
const list = () => aws.client(ACMClient).send(new ListCertificatesCommand({}));

describe('the index', () => {
  test.each(['/_local', '/_local/'])('stands at %s and lists what there is', async (path) => {
    const { status, body } = await ask('GET', path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([
      'GET /_local',
      'GET /_local/clock',
      'POST /_local/clock/advance',
      'GET /_local/calls',
      'GET /_local/draws',
      'GET /_local/faults',
      'POST /_local/faults',
      'DELETE /_local/faults/{id}',
      'DELETE /_local/faults',
    ]);
  });

  test('is named where there is nothing', async () => {
    expect(await ask('GET', '/_local/secrets')).toMatchObject({
      status: 404,
      body: { error: 'Cannot find /_local/secrets: GET /_local/ lists what there is' },
    });
  });
});

describe('time', () => {
  test('is shown and moved on', async () => {
    const { body } = await ask('GET', '/_local/clock');
    expect(body).toMatchObject({ now: expect.stringMatching(/^2026-11-22T12:00:0/), speed: 0 });
    let fired = false;
    aws.clock.after(3_600_000, () => {
      fired = true;
    });
    const later = await ask('POST', '/_local/clock/advance', { seconds: 160 * 86_400 });
    expect(later.body.now).toMatch(/^2027-05-01T12:00:0/);
    expect(fired).toBe(true);
  });

  test.each([{ seconds: 0 }, { seconds: -1 }, { seconds: '5' }, { seconds: 1e12 }, {}])(
    'does not move by %j',
    async (body) => {
      expect(await ask('POST', '/_local/clock/advance', body)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining('"seconds" must be above 0') },
      });
    },
  );

  test('does not move by GET', async () => {
    expect(await ask('GET', '/_local/clock/advance?seconds=5')).toMatchObject({ status: 405 });
    expect(await ask('POST', '/_local/clock/advance', '[1]')).toMatchObject({ status: 400 });
  });
});

test('calls are shown, all or since a mark', async () => {
  await list();
  const first = await ask('GET', '/_local/calls');
  expect(first.body).toMatchObject({
    mark: 1,
    counts: { acm: 1 },
    calls: [{ operation: 'ListCertificates', mutating: false }],
  });
  await list();
  expect((await ask('GET', `/_local/calls?since=${first.body.mark}`)).body.calls).toHaveLength(1);
  expect(await ask('GET', '/_local/calls?since=x')).toMatchObject({ status: 400 });
});

test('draws are shown with their seed', async () => {
  aws.host.draws.seconds('acm:issue', 'a.test', { min: 1, max: 2 });
  expect((await ask('GET', '/_local/draws')).body).toMatchObject({
    seed: 1,
    drawn: [{ what: 'acm:issue', subject: 'a.test', seconds: expect.any(Number) }],
  });
});

describe('faults', () => {
  const fault = { service: 'acm', operation: 'ListCertificates', kind: 'error-before' };

  test('are set, listed, struck and removed', async () => {
    const set = await ask('POST', '/_local/faults', fault);
    expect(set).toMatchObject({ status: 201, body: { id: 1 } });
    await expect(list()).rejects.toMatchObject({ name: 'InternalFailure' });
    expect((await ask('GET', '/_local/faults')).body.faults).toMatchObject([{ ...fault, id: 1, seen: 1 }]);
    expect(await ask('DELETE', '/_local/faults/1')).toMatchObject({ status: 200 });
    expect(await ask('DELETE', '/_local/faults/1')).toMatchObject({ status: 404 });
    await ask('POST', '/_local/faults', fault);
    expect(await ask('DELETE', '/_local/faults')).toMatchObject({ status: 200 });
    await list();
  });

  test.each([
    [{ ...fault, kind: 'explode' }, '"kind" must be one of'],
    [{ ...fault, service: undefined }, '"service" must name one'],
    [{ ...fault, at: 0 }, '"at" must be a number of at least 1'],
    [{ ...fault, code: 5 }, '"code" must be the name of an error'],
    [{ ...fault, when: 'now' }, '"when" is none of'],
  ])('are refused: %j', async (rule, message) => {
    expect(await ask('POST', '/_local/faults', rule)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(message) },
    });
  });
});

test('a page of another origin sees and changes nothing', async () => {
  const headers = { origin: 'https://evil.test' };
  expect(await ask('GET', '/_local/calls', undefined, headers)).toMatchObject({ status: 403 });
  expect(await ask('POST', '/_local/clock/advance', { seconds: 1 }, headers)).toMatchObject({ status: 403 });
});
