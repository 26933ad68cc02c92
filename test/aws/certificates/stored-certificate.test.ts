import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readStored } from '../../../aws/certificates/stored-certificate.ts';
import { importedProblem } from '../../../domain/certificates/imported-certificate.ts';
import { HOME, VIEWERS } from '../../../domain/certificates/place.ts';
import { Authority, type CertificateOrder } from '../../../local/certificates/authority.ts';
import {
  aCertificate,
  aFutureCertificate,
  anExpiredCertificate,
  aSelfSignedCertificate,
  blocks,
  inOrder,
} from '../../support/certificates.ts';

const DAY_MS = 86_400_000;
const NAMES = ['shop.example.test', 'www.shop.example.test'];
const at = (days: number): Date => new Date(Date.now() + days * DAY_MS);

let authority: Authority;
let unknown: Authority;
let trusted: X509Certificate[];
beforeAll(async () => {
  authority = await Authority.create();
  unknown = await Authority.create();
  trusted = [new X509Certificate(authority.rootPem)];
});

const made = (order: Partial<CertificateOrder> = {}, by = authority) =>
  aCertificate(by, { names: NAMES, notAfter: at(90), ...order });

/** Leaf and intermediate, then the key. */
async function bundle(order: Partial<CertificateOrder> = {}, by = authority): Promise<string[]> {
  const { cert, key } = inOrder(await made(order, by));
  return [...blocks(cert), key];
}

function judged(text: string | undefined, place = HOME): string | undefined {
  return importedProblem(readStored(text, trusted).seen, { names: NAMES, place, now: new Date() });
}

describe('a certificate in a secret', () => {
  test.each(['EC_prime256v1', 'RSA_2048', 'EC_secp384r1'] as const)(
    'of %s is taken as PEM and as JSON',
    async (keyAlgorithm) => {
      const [leaf = '', intermediate = '', key = ''] = await bundle({ keyAlgorithm });
      for (const text of [
        leaf + intermediate + key,
        key + leaf + intermediate,
        `Subject: shop\r\n${(leaf + intermediate + key).replaceAll('\n', '\r\n')}`,
        JSON.stringify({ certificate: leaf, chain: intermediate, privateKey: key }),
        JSON.stringify({ certificate: leaf + intermediate, privateKey: key }),
        leaf + intermediate + authority.rootPem + key,
      ]) {
        expect(judged(text)).toBeUndefined();
        expect(readStored(text, trusted)).toMatchObject({
          material: { certificate: leaf, chain: expect.stringContaining(intermediate), privateKey: key },
        });
      }
    },
  );

  test('with a key in the older form of RSA or EC is taken', async () => {
    for (const [keyAlgorithm, type] of [
      ['RSA_2048', 'pkcs1'],
      ['EC_prime256v1', 'sec1'],
    ] as const) {
      const [leaf, intermediate, key = ''] = await bundle({ keyAlgorithm });
      const older = createPrivateKey(key).export({ type, format: 'pem' } as never);
      expect(judged(`${leaf}${intermediate}${older}`)).toBeUndefined();
    }
  });
});

test.each([
  ['EC_secp384r1', 'is ECDSA P-384, which CloudFront does not take'],
  ['RSA_2048', undefined],
] as const)('A21: for viewers of CloudFront a key of %s', async (keyAlgorithm, why) => {
  const detail = judged((await bundle({ keyAlgorithm })).join(''), VIEWERS);
  expect(detail === undefined || detail.includes(why ?? '')).toBe(true);
  expect(detail === undefined).toBe(why === undefined);
});

describe('A20: what cannot be imported is refused with what to do', () => {
  const cases: [title: string, make: () => Promise<string | undefined>, says: RegExp][] = [
    ['bytes', async () => undefined, /bytes and not text; store/],
    ['nothing', async () => '', /no certificate; store/],
    ['JSON of another form', async () => '{"cert":"a","key":"b"}', /JSON without "certificate" and "privateKey"/],
    ['JSON that is broken', async () => '{"certificate":', /JSON without/],
    ['no key', async () => (await bundle()).slice(0, 2).join(''), /no private key; store/],
    ['two keys', async () => [...(await bundle()), (await bundle())[2]].join(''), /more than one private key/],
    [
      'an encrypted key',
      async () => {
        const [leaf, intermediate, key = ''] = await bundle();
        const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
        return `${leaf}${intermediate}${createPrivateKey(key).export(cipher)}`;
      },
      /encrypted, and ACM takes none that is; decrypt it/,
    ],
    [
      'a key that is cut short',
      async () => (await bundle()).join('').replace(/\n[^\n]+\n-----END PRIVATE/, '\n-----END PRIVATE'),
      /private key cannot be read/,
    ],
    [
      'a certificate that is cut short',
      async () => (await bundle()).join('').replace(/\n[^\n]+\n-----END CERT/, '\n-----END CERT'),
      /certificates cannot be read/,
    ],
    [
      'the key of another',
      async () => [...(await bundle()).slice(0, 2), (await bundle())[2]].join(''),
      /private key is not that of "CN=shop\.example\.test"; store the key/,
    ],
    [
      'the leaf after its issuer',
      async () => {
        const [leaf, intermediate, key] = await bundle();
        return `${intermediate}${leaf}${key}`;
      },
      /its key is that of "CN=shop\.example\.test", which comes after ".*CN=Local AWS ECDSA 256 M01"/,
    ],
    [
      'the leaf twice',
      async () => {
        const [leaf, intermediate, key] = await bundle();
        return `${leaf}${leaf}${intermediate}${key}`;
      },
      /"CN=shop\.example\.test" is in it twice/,
    ],
    [
      'a chain out of order',
      async () => {
        const [leaf, intermediate, key] = await bundle();
        return `${leaf}${authority.rootPem}${intermediate}${key}`;
      },
      /out of order: ".*CN=Local AWS Root CA 1" follows "CN=shop\.example\.test" and did not issue it/,
    ],
    [
      'a stranger in the chain',
      async () => {
        const [leaf, intermediate, key] = await bundle();
        return `${leaf}${unknown.rootPem}${intermediate}${key}`;
      },
      /out of order/,
    ],
    [
      'no chain',
      async () => {
        const [leaf, , key] = await bundle();
        return `${leaf}${key}`;
      },
      /chain is incomplete: the certificate of ".*CN=Local AWS ECDSA 256 M01", which issued "CN=shop\.example\.test", is missing/,
    ],
    ['an unknown authority', async () => (await bundle({}, unknown)).join(''), /authority that browsers do not know/],
    [
      'one signed by itself',
      async () => {
        const { cert, key } = await aSelfSignedCertificate(NAMES);
        return cert + key;
      },
      /signed by itself/,
    ],
    [
      'an expired one',
      async () => {
        const { cert, key } = inOrder(await anExpiredCertificate(authority, NAMES));
        return cert + key;
      },
      /"CN=shop\.example\.test" expired on 20/,
    ],
    [
      'one that is not valid yet',
      async () => {
        const { cert, key } = inOrder(await aFutureCertificate(authority, NAMES));
        return cert + key;
      },
      /is valid from 20.* on, and ACM takes none before/,
    ],
    ['one that ends soon', async () => (await bundle({ notAfter: at(6) })).join(''), /in less than 7 days; store its/],
    [
      'one for other names',
      async () => (await bundle({ names: ['shop.example.test'] })).join(''),
      /is for "shop\.example\.test", and not for "www\.shop\.example\.test"; store one/,
    ],
    [
      'a key that is too short',
      async () =>
        (await bundle({ keyAlgorithm: 'RSA_2048', keys: generateKeyPairSync('rsa', { modulusLength: 1024 }) })).join(
          '',
        ),
      /is RSA 1024, which a load balancer does not take/,
    ],
    [
      'a key of a kind that ACM does not know',
      async () => (await bundle({ keys: generateKeyPairSync('ed25519') })).join(''),
      /is ed25519, which/,
    ],
  ];
  test.each(cases)('%s', async (_, make, says) => {
    const text = await make();
    const why = judged(text);
    expect(why).toMatch(says);
    expect(why).not.toMatch(/PRIVATE KEY|MII/);
  });
});
