import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import tls from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import type { IssuedKeyAlgorithm } from '../../../local/certificates/key-pair.ts';

const notBefore = new Date(Date.now() - 3_600_000);
const notAfter = new Date(Date.now() + 86_400_000);

describe('the local certificate authority', () => {
  test.each<IssuedKeyAlgorithm>(['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'])(
    'issues %s certificates that a TLS client trusts by the root alone',
    async (keyAlgorithm) => {
      const authority = await Authority.create();
      const issued = await authority.issue({
        names: ['shop.example.test', '*.shop.example.test'],
        keyAlgorithm,
        notBefore,
        notAfter,
      });
      const [near, far] = duplexPair();
      const server = new tls.TLSSocket(far, {
        isServer: true,
        cert: issued.certificatePem + issued.chainPem,
        key: issued.privateKeyPem,
      });
      const client = tls.connect({ socket: near, servername: 'a.shop.example.test', ca: [authority.rootPem] });
      await once(client, 'secureConnect');

      expect(client.authorized).toBe(true);
      client.destroy();
      server.destroy();
    },
  );

  test('writes names, usage and serial number as ACM does', async () => {
    const authority = await Authority.create();
    const issued = await authority.issue({
      names: ['shop.example.test', 'www.shop.example.test'],
      keyAlgorithm: 'EC_prime256v1',
      notBefore,
      notAfter,
    });
    const read = new X509Certificate(issued.certificatePem);

    expect(read.subject).toBe('CN=shop.example.test');
    expect(read.subjectAltName).toBe('DNS:shop.example.test, DNS:www.shop.example.test');
    expect(read.issuer).toContain('CN=Local AWS ECDSA 256 M01');
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(read.serialNumber.toLowerCase()).toBe(issued.serial);
    expect(read.infoAccess).toBeUndefined();
    expect(read.checkIssued(new X509Certificate(authority.intermediatePem))).toBe(true);
  });

  test('two authorities do not trust each other', async () => {
    const [mine, theirs] = await Promise.all([Authority.create(), Authority.create()]);

    expect(new X509Certificate(mine.intermediatePem).verify(new X509Certificate(theirs.rootPem).publicKey)).toBe(false);
  });
});
