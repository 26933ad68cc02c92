import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SecretSeen, StoredCertificate, Unreadable } from '../../domain/certificates/imported-certificate.ts';
import type { CertificateSeen } from '../../domain/doctor/seen.ts';
import { certificateSeen, chainSeen } from '../doctor/endpoint-chain.ts';

/** What ImportCertificate takes, PEM. Never logged and never kept. */
export interface Material {
  certificate: string;
  chain: string;
  privateKey: string;
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const KEY = /-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----[\w+/=:,.\s-]+?-----END \1PRIVATE KEY-----/g;

/** Source: RFC 5280, section 4.2.1.12. */
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_USAGE = '2.5.29.37.0';

/** Reads the value of a secret: PEM text, or JSON with members of PEM. The material only where there is nothing to say against it. */
export function readStored(
  text: string | undefined,
  trusted: readonly X509Certificate[],
): { seen: StoredCertificate; material: Material } | { seen: { unreadable: Unreadable } } {
  if (text === undefined) return unreadable('binary');
  const pem = textIn(text);
  if (pem === undefined) return unreadable('wrongForm');
  const blocks = pem.match(CERTIFICATE) ?? [];
  const keys = pem.match(KEY) ?? [];
  if (blocks.length === 0) return unreadable(/BEGIN CERTIFICATE/.test(pem) ? 'brokenCertificate' : 'empty');
  if (keys.length > 1) return unreadable('severalKeys');
  const [keyPem] = keys;
  if (keyPem === undefined) return unreadable(/BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(pem) ? 'brokenKey' : 'noKey');
  if (/ENCRYPTED/.test(keyPem)) return unreadable('encryptedKey');
  const key = parsed(() => createPrivateKey(keyPem));
  if (!key) return unreadable('brokenKey');
  const sent = blocks.map((block) => parsed(() => new X509Certificate(block)));
  if (!sent.every((each) => each !== undefined)) return unreadable('brokenCertificate');
  return { seen: factsOf(sent, key, trusted), material: materialOf(sent, key) };
}

const unreadable = (why: Unreadable): { seen: SecretSeen & { unreadable: Unreadable } } => ({
  seen: { unreadable: why },
});

/** Members of other names, as some tools write them, are not guessed. */
function textIn(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return text;
  try {
    const { certificate, chain = '', privateKey } = JSON.parse(text) as Record<string, unknown>;
    const parts = [certificate, chain, privateKey];
    return parts.every((part) => typeof part === 'string') ? parts.join('\n') : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What OpenSSL cannot parse: its error may quote the text, and is dropped. */
function parsed<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (/^ERR_(OSSL|CRYPTO)|UNSUPPORTED/.test(code)) return undefined;
    throw error;
  }
}

function factsOf(
  sent: readonly X509Certificate[],
  key: KeyObject,
  trusted: readonly X509Certificate[],
): StoredCertificate {
  const [leaf, ...others] = sent;
  if (!leaf) throw new Error('Cannot read the certificate of a secret: it has none');
  const at = sent.findIndex((each) => each.checkPrivateKey(key));
  return {
    certificates: [certificateSeen(leaf), ...others.map((each): CertificateSeen => certificateSeen(each))],
    keyOf: at < 0 ? undefined : at,
    chain: chainSeen(sent, { trusted }),
    forServers: isForServers(leaf),
  };
}

/** Absent, every use is allowed. */
function isForServers({ keyUsage: usages }: X509Certificate): boolean {
  return !usages || usages.length === 0 || usages.includes(SERVER_AUTH) || usages.includes(ANY_USAGE);
}

function materialOf([leaf, ...chain]: readonly X509Certificate[], key: KeyObject): Material {
  return {
    certificate: String(leaf),
    chain: chain.map(String).join(''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
