import {
  DeleteAcmeDomainValidationCommand,
  DescribeCertificateCommand,
  ListTagsForCertificateCommand,
} from '@aws-sdk/client-acm';
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as acme from 'acme-client';
import { type AClient, type Answered, aClient } from './a-client.ts';
import { type AnEndpoint, anEndpoint, TRUST } from './an-endpoint.ts';
import { arnsOfIssued, csrFor } from './issued.ts';

let aws: AnEndpoint;
let client: AClient;

async function start(options: Parameters<typeof anEndpoint>[0] = {}): Promise<void> {
  aws = await anEndpoint(options);
  client = await aClient(aws);
  await client.register(aws.binding);
}

beforeEach(() => start());
afterEach(() => aws.close());

async function restart(options: Parameters<typeof anEndpoint>[0]): Promise<void> {
  await aws.close();
  await start(options);
}

const type = ({ status, body }: Answered): string =>
  `${status} ${String(body.type).replace('urn:ietf:params:acme:error:', '')}`;

const ecKey = () => acme.crypto.createPrivateEcdsaKey();

/** Orders and finalizes; one finalization a second is allowed. */
async function finalize(names: string[], csr?: string): Promise<{ order: Answered; finalized: Answered }> {
  const order = await client.order(...names);
  await aws.clock.advance(1_000);
  return { order, finalized: await client.post(String(order.body.finalize), { csr: csr ?? (await csrFor(names)) }) };
}

const orderAgain = (order: Answered): Promise<Answered> => client.post(order.headers.location ?? '', '');

const arnOfIssued = async (): Promise<string> => (await arnsOfIssued(aws))[0] ?? '';

describe('an order', () => {
  test('is ready at once, its authorizations valid and without challenges, for a week', async () => {
    const { status, body, headers } = await client.order('*.example.test');
    const [url = ''] = body.authorizations as string[];
    const authorization = await client.post(url, '');

    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'ready', identifiers: [{ type: 'dns', value: '*.example.test' }] });
    expect(body.finalize).toBe(`${headers.location}/finalize`);
    expect(authorization.body).toMatchObject({
      status: 'valid',
      identifier: { type: 'dns', value: 'example.test' },
      wildcard: true,
      challenges: [],
    });
    expect(new Date(String(body.expires)).getTime() - aws.clock.now().getTime()).toBeGreaterThan(6.9 * 86_400_000);
  });

  test.each([
    ['another domain', ['other.test'], '400 rejectedIdentifier'],
    ['a wildcard below a subdomain', ['*.www.example.test'], '400 rejectedIdentifier'],
    ['a name that only ends alike', ['notexample.test'], '400 rejectedIdentifier'],
    ['what is no domain name', ['-.example.test'], '400 malformed'],
    ['nothing', [], '400 malformed'],
    ['more than a hundred names', Array.from({ length: 101 }, (_, n) => `n${n}.example.test`), '400 malformed'],
  ])('for %s is refused', async (_, names, refused) => {
    expect(type(await client.order(...names))).toBe(refused);
  });

  test('names each identifier that no validation covers', async () => {
    const { body } = await client.order('example.test', 'one.other.test', 'two.other.test');

    expect(body.subproblems).toMatchObject([
      { identifier: { type: 'dns', value: 'one.other.test' } },
      { identifier: { type: 'dns', value: 'two.other.test' } },
    ]);
  });

  test("for an address, or for a period of the client's own, is refused", async () => {
    const address = { identifiers: [{ type: 'ip', value: '192.0.2.1' }] };
    const period = { identifiers: [{ type: 'dns', value: 'example.test' }], notAfter: '2030-01-01T00:00:00Z' };

    expect(type(await client.post('/new-order', address))).toBe('400 unsupportedIdentifier');
    expect(type(await client.post('/new-order', period))).toBe('400 malformed');
  });

  test('is invalid after a week, and when an authorization of it is given up', async () => {
    const [old, given] = [await client.order('example.test'), await client.order('www.example.test')];
    await client.post(String((given.body.authorizations as string[])[0]), { status: 'deactivated' });

    expect((await orderAgain(given)).body.status).toBe('invalid');
    await aws.clock.advance(7 * 86_400_000);
    expect((await orderAgain(old)).body.status).toBe('invalid');
    expect(type(await client.post(String(old.body.finalize), { csr: '' }))).toBe('403 orderNotReady');
  });

  test('is listed for its account, and shown to no other', async () => {
    const order = await client.order('example.test');
    const other = await aClient(aws);
    await other.register(aws.binding);

    expect((await client.post(`${client.account()}/orders`, '')).body.orders).toEqual([order.headers.location]);
    expect(type(await other.post(order.headers.location ?? '', ''))).toBe('403 unauthorized');
    expect(type(await other.post(`${client.account()}/orders`, ''))).toBe('403 unauthorized');
  });
});

describe('finalization', () => {
  test('processes for up to two minutes, then gives the certificate to its account alone', async () => {
    const { order, finalized } = await finalize(['www.example.test']);
    expect(finalized.body.status).toBe('processing');
    expect(type(await client.post(String(order.body.finalize), { csr: '' }))).toBe('429 rateLimited');
    await aws.clock.advance(121_000);
    const { body } = await orderAgain(order);
    const certificate = await client.post(String(body.certificate), '');
    const other = await aClient(aws);
    await other.register(aws.binding);

    expect(body.status).toBe('valid');
    expect(certificate.headers['content-type']).toBe('application/pem-certificate-chain');
    expect(certificate.text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(type(await other.post(String(body.certificate), ''))).toBe('403 unauthorized');
  });

  test('happens once, however many ask at once', async () => {
    const order = await client.order('example.test');
    await aws.clock.advance(1_000);
    const csr = await csrFor(['example.test']);
    const nonces = [await client.nonce(), await client.nonce()];
    const first = client.post(String(order.body.finalize), { csr }, { nonce: nonces[0] ?? '' });
    const second = client.post(String(order.body.finalize), { csr }, { nonce: nonces[1] ?? '' });
    const statuses = [(await first).status, (await second).status];
    await aws.clock.advance(121_000);

    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(await arnsOfIssued(aws)).toHaveLength(1);
  });

  test('takes a name that is too long for a common name', async () => {
    const name = `${'a'.repeat(40)}.${'b'.repeat(40)}.example.test`;
    const { order } = await finalize([name], await csrFor([name]));
    await aws.clock.advance(121_000);

    expect((await orderAgain(order)).body.status).toBe('valid');
  });

  test.each([
    ['is not there', async () => undefined, '400 malformed'],
    ['cannot be read', async () => 'AAAA', '400 badCSR'],
    ['is for other names', async () => csrFor(['example.test', 'www.example.test']), '400 badCSR'],
    [
      'has a key of 3072 bits',
      async () => csrFor(['example.test'], await acme.crypto.createPrivateRsaKey(3072)),
      '400 badCSR',
    ],
    [
      'was changed after it was signed',
      async () => {
        const der = Buffer.from(await csrFor(['example.test']), 'base64url');
        der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
        return der.toString('base64url');
      },
      '400 badCSR',
    ],
  ])('refuses a CSR that %s, and the order stays ready', async (_, csr, refused) => {
    const order = await client.order('example.test');
    await aws.clock.advance(1_000);

    expect(type(await client.post(String(order.body.finalize), { csr: await csr() }))).toBe(refused);
    expect((await orderAgain(order)).body.status).toBe('ready');
  });

  test('refuses a key algorithm that the endpoint does not allow, and names those it does', async () => {
    await restart({
      endpoint: { CertificateAuthority: { PublicCertificateAuthority: { AllowedKeyAlgorithms: ['RSA_2048'] } } },
    });
    const { finalized } = await finalize(['example.test']);

    expect(type(finalized)).toBe('400 badCSR');
    expect(finalized.body.detail).toContain('RSA_2048');
  });

  test('makes the order invalid when the CNAME is gone, as the guide shows it', async () => {
    const { order } = await finalize(['www.example.test']);
    aws.dns.delete(aws.record, 'CNAME');
    await aws.clock.advance(121_000);

    expect((await orderAgain(order)).body).toMatchObject({
      status: 'invalid',
      error: {
        type: 'urn:ietf:params:acme:error:dns',
        detail: `DNS CNAME records not found: [${aws.record}]`,
      },
    });
  });

  test('makes it invalid when CAA forbids, or the validation is gone', async () => {
    const { order: forbidden } = await finalize(['www.example.test']);
    aws.dns.set('example.test', 'CAA', { flags: 0, tag: 'issue', value: 'letsencrypt.org' });
    await aws.clock.advance(121_000);
    aws.dns.delete('example.test', 'CAA');
    const { order: uncovered } = await finalize(['www.example.test']);
    await aws.acm.send(new DeleteAcmeDomainValidationCommand({ AcmeDomainValidationArn: aws.validationArn }));
    await aws.clock.advance(121_000);

    expect((await orderAgain(forbidden)).body.error).toMatchObject({ type: 'urn:ietf:params:acme:error:caa' });
    expect((await orderAgain(uncovered)).body.error).toMatchObject({ type: 'urn:ietf:params:acme:error:unauthorized' });
  });
});

describe("the binding's role decides", () => {
  const ONLY_ACME = { 'acm:CertificateKeyPairOrigin': 'ACME' };

  test.each([
    [
      'for names outside its condition',
      [
        {
          Effect: 'Allow' as const,
          Action: 'acm:RequestCertificate',
          Resource: '*',
          Condition: { 'ForAllValues:StringEquals': { 'acm:DomainNames': ['example.test'] } },
        },
      ],
    ],
    [
      'where exportable certificates are denied',
      [
        { Effect: 'Allow' as const, Action: 'acm:*', Resource: '*' },
        {
          Effect: 'Deny' as const,
          Action: 'acm:RequestCertificate',
          Resource: '*',
          Condition: { StringEquals: { 'acm:Export': 'ENABLED' } },
        },
      ],
    ],
    [
      'for another key algorithm than its condition',
      [
        {
          Effect: 'Allow' as const,
          Action: 'acm:RequestCertificate',
          Resource: '*',
          Condition: { StringEquals: { 'acm:KeyAlgorithm': 'RSA_2048' } },
        },
      ],
    ],
  ])('and refuses %s', async (_, statements) => {
    await aws.allow(statements);
    const { finalized } = await finalize(['www.example.test']);

    expect(type(finalized)).toBe('403 unauthorized');
    expect(finalized.body.detail).toContain('acm:RequestCertificate');
  });

  test('and issues for exactly the names that it has', async () => {
    await aws.allow([
      {
        Effect: 'Allow',
        Action: 'acm:RequestCertificate',
        Resource: '*',
        Condition: {
          StringEquals: ONLY_ACME,
          'ForAllValues:StringEquals': { 'acm:DomainNames': ['www.example.test'] },
        },
      },
    ]);

    expect((await finalize(['www.example.test'])).finalized.status).toBe(200);
  });

  test('refuses when it may no longer be assumed', async () => {
    const trust = JSON.stringify({ Statement: [{ ...TRUST, Action: 'sts:AssumeRole' }], Version: '2012-10-17' });
    await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'AcmeIssuance', PolicyDocument: trust }));
    const { finalized } = await finalize(['www.example.test']);

    expect(type(finalized)).toBe('403 unauthorized');
    expect(finalized.body.detail).toContain('sts:AssumeRole');
  });

  test('must allow acm:AddTagsToCertificate where the endpoint tags what it issues', async () => {
    await restart({ endpoint: { CertificateTags: [{ Key: 'team', Value: 'web' }] } });
    expect(type((await finalize(['www.example.test'])).finalized)).toBe('403 unauthorized');
    await aws.allow([
      { Effect: 'Allow', Action: ['acm:RequestCertificate', 'acm:AddTagsToCertificate'], Resource: '*' },
    ]);
    await finalize(['www.example.test']);
    await aws.clock.advance(121_000);
    const { Tags } = await aws.acm.send(new ListTagsForCertificateCommand({ CertificateArn: await arnOfIssued() }));

    expect(Tags).toEqual([{ Key: 'team', Value: 'web' }]);
  });

  test('about revoking, with the origin of the key as its only condition key', async () => {
    const key = await ecKey();
    const { order } = await finalize(['www.example.test'], await csrFor(['www.example.test'], key));
    await aws.clock.advance(121_000);
    const pem = (await client.post(String((await orderAgain(order)).body.certificate), '')).text;
    const [leaf = ''] = acme.crypto.splitPemChain(pem);
    const certificate = Buffer.from(leaf.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('base64url');
    const revoke = async (reason?: number) => {
      await aws.clock.advance(1_000);
      return client.post('/revoke-cert', { certificate, ...(reason === undefined ? {} : { reason }) });
    };
    await aws.allow([
      {
        Effect: 'Allow',
        Action: 'acm:RevokeCertificate',
        Resource: '*',
        Condition: { StringEquals: { 'acm:KeyAlgorithm': 'EC_prime256v1' } },
      },
    ]);
    expect(type(await revoke())).toBe('403 unauthorized');
    await aws.allow([
      {
        Effect: 'Allow',
        Action: 'acm:RevokeCertificate',
        Resource: await arnOfIssued(),
        Condition: { StringEquals: ONLY_ACME },
      },
    ]);
    expect(type(await revoke(7))).toBe('400 badRevocationReason');
    expect((await revoke(1)).status).toBe(200);
    expect(type(await revoke(1))).toBe('400 alreadyRevoked');
    const { Certificate } = await aws.acm.send(new DescribeCertificateCommand({ CertificateArn: await arnOfIssued() }));
    expect(Certificate).toMatchObject({ Status: 'REVOKED', RevocationReason: 'KEY_COMPROMISE' });
  });
});
