import { createSecureContext, type SecureContext, type SecureVersion } from 'node:tls';

/** What a TLS policy offers clients. */
export interface TlsPolicy {
  name: string;
  /** Newest first. */
  protocols: SecureVersion[];
  /** In the order that the server prefers, by OpenSSL's names. */
  ciphers: string[];
  /** Whether key exchange may be ML-KEM together with X25519. */
  postQuantum: boolean;
}

/** A certificate as a server shows it; the PEM texts are empty until it is issued. */
interface ShownCertificate {
  certificatePem: string;
  chainPem: string;
  privateKeyPem: string;
}

/** Key exchange of the policies that are ready for quantum computers, and of all others. */
const GROUPS = { usual: 'X25519:P-256:P-384', postQuantum: 'X25519MLKEM768:X25519:P-256:P-384' };

/** OpenSSL 3 refuses TLS 1.0 and 1.1 above this level. */
const OLD_PROTOCOL_LEVEL = '@SECLEVEL=0';

const contexts = new Map<string, SecureContext>();

/** A server's side of TLS by a policy, with a certificate; made once and kept. */
export function serverContext(policy: TlsPolicy, certificate: ShownCertificate | undefined): SecureContext {
  const key = `${policy.name}\n${certificate?.certificatePem ?? ''}`;
  const known = contexts.get(key);
  if (known) return known;
  const [newest] = policy.protocols;
  const oldest = policy.protocols.at(-1);
  const old = oldest === 'TLSv1' || oldest === 'TLSv1.1';
  const context = createSecureContext({
    ...(certificate?.certificatePem && {
      cert: `${certificate.certificatePem}\n${certificate.chainPem}`,
      key: certificate.privateKeyPem,
    }),
    minVersion: oldest,
    maxVersion: newest,
    ciphers: [...policy.ciphers, ...(old ? [OLD_PROTOCOL_LEVEL] : [])].join(':'),
    ecdhCurve: policy.postQuantum ? GROUPS.postQuantum : GROUPS.usual,
    honorCipherOrder: true,
  });
  contexts.set(key, context);
  return context;
}
