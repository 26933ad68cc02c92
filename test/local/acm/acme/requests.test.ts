import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FaultKind } from '../../../../local/wire/faults.ts';
import { type AClient, type Answered, aClient, newKey } from './a-client.ts';
import { type AnEndpoint, anEndpoint } from './an-endpoint.ts';

let aws: AnEndpoint;
let client: AClient;

beforeEach(async () => {
  aws = await anEndpoint();
  client = await aClient(aws);
});
afterEach(() => aws.close());

/** "badNonce" of a problem document, with its status. */
const problem = ({ status, body, headers }: Answered): string => {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(body.detail).toEqual(expect.any(String));
  return `${status} ${String(body.type).replace('urn:ietf:params:acme:error:', '')}`;
};

describe('an ACME endpoint of ACM', () => {
  test('has a directory at its EndpointUrl, which says that a binding is required', async () => {
    const { status, body } = await client.ask('GET', '/directory');

    expect(status).toBe(200);
    expect(aws.directoryUrl).toMatch(/^https:\/\/acm-acme-enroll\.us-east-1\.api\.aws\/[0-9a-f-]{36}\/directory$/);
    expect(Object.keys(body)).toEqual(['newNonce', 'newAccount', 'newOrder', 'revokeCert', 'keyChange', 'meta']);
    expect(body.meta).toEqual({ externalAccountRequired: true });
  });

  test('gives nonces by HEAD and GET, one with every answer, and a link to the directory', async () => {
    const [head, get] = [await client.ask('HEAD', '/new-nonce'), await client.ask('GET', '/new-nonce')];

    expect([head.status, get.status]).toEqual([200, 204]);
    expect(head.headers['replay-nonce']).not.toBe(get.headers['replay-nonce']);
    expect(head.headers).toMatchObject({
      'cache-control': 'no-store',
      link: `<${aws.directoryUrl}>;rel="index"`,
    });
  });

  test('answers 404, 405, 413 and 415 with problem documents', async () => {
    await client.register(aws.binding);
    const jose = { 'content-type': 'application/jose+json' };

    expect(problem(await client.ask('GET', '/renewal-info'))).toBe('404 malformed');
    expect(problem(await client.ask('GET', '/new-order'))).toBe('405 malformed');
    expect(problem(await client.ask('POST', '/new-order', 'x'.repeat(200_000), jose))).toBe('413 malformed');
    expect(problem(await client.post('/new-order', {}, { contentType: 'application/json' }))).toBe('415 malformed');
    expect(problem(await client.ask('GET', aws.directoryUrl.replace(/\w{8}-/, '00000000-')))).toBe('404 malformed');
  });
});

describe('a signed request is refused', () => {
  beforeEach(() => client.register(aws.binding));
  const order = { identifiers: [{ type: 'dns', value: 'example.test' }] };

  test.each([
    ['whose nonce was never given', { nonce: 'bm9uZXZlcmdpdmVu' }, '400 badNonce'],
    ['without a nonce', { header: { nonce: undefined } }, '400 badNonce'],
    ['for another URL', { url: 'https://acm-acme-enroll.us-east-1.api.aws/elsewhere' }, '403 unauthorized'],
    [
      'of an account that is not there',
      { header: { kid: 'https://acm-acme-enroll.us-east-1.api.aws/x/acct/y' } },
      '400 accountDoesNotExist',
    ],
    ['that has both a key and an account', { header: { jwk: { kty: 'EC' } } }, '400 malformed'],
    ['that has neither', { header: { kid: undefined } }, '400 malformed'],
  ])('%s', async (_, wrong, refused) => {
    expect(problem(await client.post('/new-order', order, wrong))).toBe(refused);
  });

  test('that uses a nonce a second time; the answer brings one to try again with', async () => {
    const nonce = await client.nonce();
    const first = await client.post('/new-order', order, { nonce });
    const again = await client.post('/new-order', order, { nonce });

    expect(first.status).toBe(201);
    expect(problem(again)).toBe('400 badNonce');
    expect((await client.post('/new-order', order, { nonce: again.headers['replay-nonce'] ?? '' })).status).toBe(201);
  });

  test('whose nonce is an hour old', async () => {
    const nonce = await client.nonce();
    await aws.clock.advance(3_601_000);

    expect(problem(await client.post('/new-order', order, { nonce }))).toBe('400 badNonce');
  });

  test('whose signature is of another key, or whose payload was changed', async () => {
    expect(problem(await client.post('/new-order', order, { signer: await newKey() }))).toBe('400 malformed');
  });

  test.each(['none', 'HS256', 'RS1'])('with the algorithm %s, and is told which ones there are', async (alg) => {
    const protectedHeader = Buffer.from(
      JSON.stringify({ alg, kid: client.account(), url: `${aws.directoryUrl}`, nonce: await client.nonce() }),
    ).toString('base64url');
    const body = JSON.stringify({ protected: protectedHeader, payload: '', signature: 'AAAA' });
    const answered = await client.ask('POST', '/new-order', body, { 'content-type': 'application/jose+json' });

    expect(problem(answered)).toBe('400 badSignatureAlgorithm');
    expect(answered.body.algorithms).toContain('ES256');
  });

  test.each([
    ['is no JSON', 'hello'],
    ['is a list', '[]'],
    ['has an unprotected header', JSON.stringify({ protected: 'e30', payload: '', signature: '', header: {} })],
    ['has several signatures', JSON.stringify({ payload: '', signatures: [] })],
    ['has a protected header that is no JSON', JSON.stringify({ protected: '!!', payload: '', signature: '' })],
  ])('whose body %s', async (_, body) => {
    const answered = await client.ask('POST', '/new-order', body, { 'content-type': 'application/jose+json' });
    expect(problem(answered)).toBe('400 malformed');
  });

  test('whose key has another curve, or a private part', async () => {
    const odd = { by: 'key' as const, header: { jwk: { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' } } };
    const small = { by: 'key' as const, header: { jwk: { kty: 'RSA', n: 'AAAA', e: 'AQAB' } } };

    expect(problem(await client.post('/new-account', {}, odd))).toBe('400 badPublicKey');
    expect(problem(await client.post('/new-account', {}, small))).toBe('400 badPublicKey');
    expect(
      problem(await client.post('/new-account', {}, { by: 'key', header: { jwk: { ...client.key.jwk, d: 'AA' } } })),
    ).toBe('400 badPublicKey');
  });
});

test('a share of good nonces is unknown, as with a server of many parts: clients must try again', async () => {
  await aws.close();
  aws = await anEndpoint({ lagShare: 0.5 });
  client = await aClient(aws);
  const types = new Set<unknown>();
  for (let n = 0; n < 12; n++) {
    types.add(problem(await client.post('/new-account', { onlyReturnExisting: true }, { by: 'key' })));
  }

  expect(types).toEqual(new Set(['400 badNonce', '400 accountDoesNotExist']));
});

test('the rates are those of the AWS account: one finalization a second', async () => {
  await client.register(aws.binding);
  const finalize = () => client.post('/order/00000000-0000-0000-0000-000000000000/finalize', { csr: '' });
  await finalize();
  const second = await finalize();

  expect(problem(second)).toBe('429 rateLimited');
  expect(second.headers['retry-after']).toBe('1');
  await aws.clock.advance(1_000);
  expect(problem(await finalize())).toBe('404 malformed');
});

describe('faults strike the protocol as they do any call', () => {
  const strike = (operation: string, kind: FaultKind) =>
    aws.protocol.faults.add({ service: 'acm-acme', operation, kind, seconds: 30 });
  const order = { identifiers: [{ type: 'dns', value: 'example.test' }] };
  beforeEach(() => client.register(aws.binding));

  test('an answer that is lost after its effect leaves the order there', async () => {
    strike('NewOrder', 'reset-after');

    await expect(client.post('/new-order', order)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await client.post(`${client.account()}/orders`, '')).body.orders).toHaveLength(1);
  });

  test('an error, a throttle and a slow answer', async () => {
    strike('NewOrder', 'error-before');
    expect(problem(await client.post('/new-order', order))).toBe('500 serverInternal');
    strike('NewOrder', 'throttle');
    expect(problem(await client.post('/new-order', order))).toBe('429 rateLimited');
    strike('GetDirectory', 'slow');
    const slow = client.ask('GET', '/directory');
    const seen = () => aws.protocol.faults.list().at(-1)?.seen;
    while (seen() === 0) await new Promise((turn) => setImmediate(turn));
    await aws.clock.advance(30_000);

    expect((await slow).status).toBe(200);
    expect(aws.protocol.calls.since().at(-1)).toMatchObject({
      service: 'acm-acme',
      principal: 'anonymous',
      mutating: false,
    });
  });
});
