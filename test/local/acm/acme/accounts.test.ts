import {
  DeleteAcmeExternalAccountBindingCommand,
  DescribeAcmeAccountCommand,
  DescribeAcmeExternalAccountBindingCommand,
  ListAcmeAccountsCommand,
  RevokeAcmeAccountCommand,
  RevokeAcmeExternalAccountBindingCommand,
} from '@aws-sdk/client-acm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FlattenedSign } from 'jose';
import { type AClient, type Answered, aClient, newKey } from './a-client.ts';
import { type AnEndpoint, anEndpoint } from './an-endpoint.ts';

let aws: AnEndpoint;
let client: AClient;

beforeEach(async () => {
  aws = await anEndpoint();
  client = await aClient(aws);
});
afterEach(() => aws.close());

const type = ({ status, body }: Answered): string =>
  `${status} ${String(body.type).replace('urn:ietf:params:acme:error:', '')}`;

const revoke = (AcmeExternalAccountBindingArn: string) =>
  aws.acm.send(new RevokeAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn }));

describe('registration', () => {
  test('makes an account that ACM lists, with the thumbprint of its key', async () => {
    const { status, body } = await client.register(aws.binding, { contact: ['mailto:ops@example.test'] });
    const { AcmeAccounts } = await aws.acm.send(new ListAcmeAccountsCommand({ AcmeEndpointArn: aws.endpointArn }));
    const { ExternalAccountBinding } = await aws.acm.send(
      new DescribeAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn: aws.binding.arn }),
    );

    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'valid', orders: `${client.account()}/orders` });
    expect(AcmeAccounts).toEqual([
      {
        AccountUrl: client.account(),
        PublicKeyThumbprint: await client.thumbprint(),
        Status: 'VALID',
        CreatedAt: expect.any(Date),
        AcmeExternalAccountBindingArn: aws.binding.arn,
        Contacts: ['mailto:ops@example.test'],
      },
    ]);
    expect(ExternalAccountBinding?.LastUsedAt).toEqual(expect.any(Date));
  });

  test('a second time returns the account of the key, without a binding', async () => {
    await client.register(aws.binding);
    const again = await client.post('/new-account', {}, { by: 'key' });

    expect(again).toMatchObject({ status: 200, headers: { location: client.account() } });
  });

  test('of one key twice at once makes one account', async () => {
    const answers = await Promise.all([client.register(aws.binding), client.register(aws.binding)]);
    const { AcmeAccounts } = await aws.acm.send(new ListAcmeAccountsCommand({ AcmeEndpointArn: aws.endpointArn }));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(AcmeAccounts).toHaveLength(1);
  });

  test('is refused without a binding, and asked for an account that is not there', async () => {
    expect(type(await client.post('/new-account', {}, { by: 'key' }))).toBe('401 externalAccountRequired');
    const existing = await client.post('/new-account', { onlyReturnExisting: true }, { by: 'key' });
    expect(type(existing)).toBe('400 accountDoesNotExist');
  });

  test.each([
    ['that ACM did not make', async () => ({ ...aws.binding, keyId: 'nobody' })],
    ['with another MAC key', async () => ({ ...aws.binding, macKey: Buffer.alloc(32).toString('base64url') })],
    ['that was revoked', async () => revoke(aws.binding.arn).then(() => aws.binding)],
    [
      'that has expired',
      async () => {
        const binding = await aws.bind({ Expiration: { Value: 5, Type: 'MINUTES' } });
        await aws.clock.advance(301_000);
        return binding;
      },
    ],
    [
      'that was deleted',
      async () => {
        const { arn } = aws.binding;
        await aws.acm.send(new DeleteAcmeExternalAccountBindingCommand({ AcmeExternalAccountBindingArn: arn }));
        return aws.binding;
      },
    ],
  ])('is refused with a binding %s', async (_, binding) => {
    expect(type(await client.register(await binding()))).toBe('403 unauthorized');
  });

  test('is refused when the binding is for another key, for another URL, or not signed by a MAC', async () => {
    const { jwk } = await newKey();
    const bindings = [
      await client.bindingOf(aws.binding, { jwk }),
      await client.bindingOf(aws.binding, { to: aws.directoryUrl }),
      { ...(await client.bindingOf(aws.binding)), protected: Buffer.from('{"alg":"none"}').toString('base64url') },
    ];
    const types: string[] = [];
    for (const externalAccountBinding of bindings) {
      types.push(type(await client.post('/new-account', { externalAccountBinding }, { by: 'key' })));
    }

    expect(types).toEqual(['403 unauthorized', '403 unauthorized', '400 badSignatureAlgorithm']);
  });

  test('is refused without an address where the endpoint requires one, and with one that is none', async () => {
    await aws.close();
    aws = await anEndpoint({ endpoint: { Contact: 'REQUIRED' } });
    client = await aClient(aws);

    expect(type(await client.register(aws.binding))).toBe('400 invalidContact');
    expect(type(await client.register(aws.binding, { contact: ['mailto:ops'] }))).toBe('400 invalidContact');
    expect(type(await client.register(aws.binding, { contact: ['tel:1'] }))).toBe('400 unsupportedContact');
    expect((await client.register(aws.binding, { contact: ['mailto:ops@example.test'] })).status).toBe(201);
  });
});

describe('an account', () => {
  beforeEach(() => client.register(aws.binding));

  test('keeps issuing after its binding was revoked', async () => {
    await revoke(aws.binding.arn);

    expect((await client.order('example.test')).status).toBe(201);
  });

  test('stops when ACM revokes it, for good', async () => {
    const named = { AcmeEndpointArn: aws.endpointArn, AccountUrl: client.account() };
    await aws.acm.send(new RevokeAcmeAccountCommand(named));
    const { AcmeAccount } = await aws.acm.send(new DescribeAcmeAccountCommand(named));

    expect(AcmeAccount?.Status).toBe('REVOKED');
    expect(type(await client.order('example.test'))).toBe('403 unauthorized');
    expect(type(await client.post('/new-account', {}, { by: 'key' }))).toBe('403 unauthorized');
  });

  test('is deactivated by its holder', async () => {
    const path = client.account();
    const { body } = await client.post(path, { status: 'deactivated' });

    expect(body.status).toBe('deactivated');
    expect(type(await client.post(path, ''))).toBe('403 unauthorized');
  });

  test('changes its contacts, and is shown to its holder only', async () => {
    const { body } = await client.post(client.account(), { contact: ['mailto:new@example.test'] });
    const other = await aClient(aws);
    await other.register(aws.binding);

    expect(body.contact).toEqual(['mailto:new@example.test']);
    expect(type(await other.post(client.account(), ''))).toBe('403 unauthorized');
  });

  test('gets another key, and the former one is worth nothing', async () => {
    const next = await newKey();
    const url = aws.directoryUrl.replace('/directory', '/key-change');
    const inner = await new FlattenedSign(
      new TextEncoder().encode(JSON.stringify({ account: client.account(), oldKey: client.key.jwk })),
    )
      .setProtectedHeader({ alg: 'ES256', jwk: next.jwk, url } as never)
      .sign(next.privateKey);
    const changed = await client.post('/key-change', inner);

    expect(changed.status).toBe(200);
    expect(type(await client.post(client.account(), ''))).toBe('400 malformed');
    expect((await client.post(client.account(), '', { signer: next })).status).toBe(200);
  });

  test('keeps its key when the new one does not agree, or is in use', async () => {
    const other = await aClient(aws);
    await other.register(aws.binding);
    const url = aws.directoryUrl.replace('/directory', '/key-change');
    const innerOf = (key: Awaited<ReturnType<typeof newKey>>, account: string) =>
      new FlattenedSign(new TextEncoder().encode(JSON.stringify({ account, oldKey: client.key.jwk })))
        .setProtectedHeader({ alg: 'ES256', jwk: key.jwk, url } as never)
        .sign(key.privateKey);
    const taken = await client.post('/key-change', await innerOf(other.key, client.account()));
    const wrong = await client.post('/key-change', await innerOf(await newKey(), other.account()));

    expect(type(taken)).toBe('409 malformed');
    expect(taken.headers.location).toBe(other.account());
    expect(type(wrong)).toBe('400 malformed');
    expect((await client.post(client.account(), '')).status).toBe(200);
  });
});
