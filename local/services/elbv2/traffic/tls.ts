import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Connection } from '../../../internet/internet.ts';
import type { ServedCertificate } from '../certificates.ts';
import type { Elb } from '../elb.ts';
import type { Listener } from '../listeners/listener.ts';
import { DEFAULT_POLICY, type TlsPolicy, tlsPolicy } from '../listeners/tls-policies.ts';

/** Key exchange of the policies that are ready for quantum computers, and of all others. */
const GROUPS = { usual: 'X25519:P-256:P-384', postQuantum: 'X25519MLKEM768:X25519:P-256:P-384' };

/** OpenSSL 3 refuses TLS 1.0 and 1.1 above this level. */
const OLD_PROTOCOL_LEVEL = '@SECLEVEL=0';

const contexts = new Map<string, SecureContext>();

/** Speaks TLS with a client: by the listener's policy, with the certificate that its SNI asks for. */
export function secure(elb: Elb, listener: Listener, connection: Connection): TLSSocket {
  const certificates = served(elb, listener);
  const policy = tlsPolicy(listener.sslPolicy ?? DEFAULT_POLICY);
  const [fallback] = certificates;
  const http2 = listener.loadBalancer.attributes.get('routing.http2.enabled') === 'true';
  return new TLSSocket(connection, {
    isServer: true,
    secureContext: contextOf(policy, fallback),
    ALPNProtocols: http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
    SNICallback: (name, answer) => answer(null, contextOf(policy, choose(certificates, name) ?? fallback)),
  });
}

/** As they are now, the default one first. */
const served = (elb: Elb, { certificateArns, region }: Listener): ServedCertificate[] =>
  certificateArns.flatMap((arn) => elb.certificates.find(arn, region.name) ?? []);

/**
 * The certificate for a name: of those that cover it the one with an ECDSA key, the longer key, the later end.
 * Source: Application Load Balancers User Guide, "Certificate list"; checked 2026-11-22.
 */
export function choose(certificates: ServedCertificate[], name: string): ServedCertificate | undefined {
  const host = name.toLowerCase();
  const [, ...parent] = host.split('.');
  const covering = certificates.filter(({ domains }) =>
    domains.some((domain) => domain.toLowerCase() === host || domain.toLowerCase() === `*.${parent.join('.')}`),
  );
  return covering.toSorted((a, b) => worth(b) - worth(a) || endOf(b) - endOf(a))[0];
}

function worth({ keyAlgorithm }: ServedCertificate): number {
  const bits = Number(/\d{3,4}/.exec(keyAlgorithm)?.[0] ?? 0);
  return keyAlgorithm.startsWith('EC') ? 10_000 + bits : bits;
}

const endOf = ({ notAfter }: ServedCertificate): number => notAfter?.getTime() ?? 0;

function contextOf(policy: TlsPolicy, certificate: ServedCertificate | undefined): SecureContext {
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
