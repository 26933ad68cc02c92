import 'reflect-metadata';
import { type KeyObject, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type IssuedKeyAlgorithm, type KeyPair, makeKeyPair } from './key-pair.ts';

/** A certificate with everything a server needs to show it. All PEM, each ending in a newline. */
export interface IssuedCertificate {
  certificatePem: string;
  /** The intermediate, then the root: in the order ACM hands them out. */
  chainPem: string;
  /** PKCS #8, not encrypted. */
  privateKeyPem: string;
  /** Lower-case hexadecimal digits. */
  serial: string;
  notBefore: Date;
  notAfter: Date;
}

export interface CertificateOrder {
  /** DNS names, at least one; the first that fits becomes the common name, all become subject alternative names. */
  names: string[];
  keyAlgorithm: IssuedKeyAlgorithm;
  notBefore: Date;
  notAfter: Date;
  /** A pair made beforehand. Default: made now. */
  keys?: KeyPair;
}

type CertifiedKey = Omit<CertificateOrder, 'keys'> & { publicKey: KeyObject };
type Certified = Omit<IssuedCertificate, 'chainPem' | 'privateKeyPem'>;

interface Issuer {
  certificate: X509Certificate;
  privateKey: webcrypto.CryptoKey;
}

// The certificates of the authority outlive every journey, whatever AWS time is moved to.
const VALID_FROM = new Date('2015-05-26T00:00:00Z');
const VALID_UNTIL = new Date('2065-05-26T00:00:00Z');
/** RFC 5280, ub-common-name. */
const MAX_COMMON_NAME = 64;
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A local certificate authority: a root and one intermediate, made afresh for each process. */
export class Authority {
  /** What clients must trust: `curl --cacert`, `tls.setDefaultCACertificates`. */
  readonly rootPem: string;
  readonly intermediatePem: string;
  readonly #intermediate: Issuer;

  private constructor(root: Issuer, intermediate: Issuer) {
    this.rootPem = pem(root.certificate);
    this.intermediatePem = pem(intermediate.certificate);
    this.#intermediate = intermediate;
  }

  /** Makes the keys and certificates of the authority: some 10 ms. */
  static async create(): Promise<Authority> {
    const root = await certificateAuthority('CN=Local AWS Root CA 1, O=Local AWS, C=US', { pathLength: 1 });
    const name = 'CN=Local AWS ECDSA 256 M01, O=Local AWS, C=US';
    return new Authority(root, await certificateAuthority(name, { pathLength: 0, issuer: root }));
  }

  /** The intermediate, then the root: in the order ACM hands them out. */
  get chainPem(): string {
    return this.intermediatePem + this.rootPem;
  }

  /** Issues a certificate for TLS servers, with a key of our own. */
  async issue({ keys, ...order }: CertificateOrder): Promise<IssuedCertificate> {
    const { publicKey, privateKey } = keys ?? (await makeKeyPair(order.keyAlgorithm));
    return {
      ...(await this.certify({ ...order, publicKey })),
      chainPem: this.chainPem,
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }

  /** Certifies a public key of a TLS server, signed by the intermediate. */
  async certify({ names, keyAlgorithm, notBefore, notAfter, publicKey }: CertifiedKey): Promise<Certified> {
    if (names.length === 0) throw new RangeError('Cannot issue a certificate: it needs at least one name');
    const commonName = names.find(({ length }) => length <= MAX_COMMON_NAME);
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const serial = serialNumber();
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serial,
      subject: commonName === undefined ? [] : [{ CN: [commonName] }],
      issuer: this.#intermediate.certificate.subject,
      notBefore,
      notAfter,
      publicKey: spki,
      signingKey: this.#intermediate.privateKey,
      signingAlgorithm: EC,
      extensions: [
        // RFC 5280, section 4.2.1.6: critical where the subject is empty.
        new SubjectAlternativeNameExtension(
          names.map((value) => ({ type: 'dns' as const, value })),
          commonName === undefined,
        ),
        new KeyUsagesExtension(serverKeyUsage(keyAlgorithm), true),
        // Public CAs no longer put client authentication into a server's certificate.
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new BasicConstraintsExtension(false, undefined, true),
        await SubjectKeyIdentifierExtension.create(spki),
        await AuthorityKeyIdentifierExtension.create(this.#intermediate.certificate),
      ],
    });
    return {
      certificatePem: pem(certificate),
      serial,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
    };
  }
}

async function certificateAuthority(
  name: string,
  { pathLength, issuer }: { pathLength: number; issuer?: Issuer },
): Promise<Issuer> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const extensions: Extension[] = [
    new BasicConstraintsExtension(true, pathLength, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  if (issuer) extensions.push(await AuthorityKeyIdentifierExtension.create(issuer.certificate));
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name,
    issuer: issuer?.certificate.subject ?? name,
    notBefore: VALID_FROM,
    notAfter: VALID_UNTIL,
    publicKey: keys.publicKey,
    signingKey: issuer?.privateKey ?? keys.privateKey,
    signingAlgorithm: EC,
    extensions,
  });
  return { certificate, privateKey: keys.privateKey };
}

/** ECDSA keys only sign; RSA keys of web servers may also carry a key of TLS 1.2's older exchange. */
function serverKeyUsage(algorithm: IssuedKeyAlgorithm): KeyUsageFlags {
  if (algorithm === 'RSA_2048') return KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment;
  return KeyUsageFlags.digitalSignature;
}

/** 16 random bytes, positive and not starting with a zero byte, so that it reads the same everywhere. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

const pem = (certificate: X509Certificate): string => `${certificate.toString('pem').trim()}\n`;
