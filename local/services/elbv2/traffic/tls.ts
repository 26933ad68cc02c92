import { TLSSocket } from 'node:tls';
import type { Connection } from '../../../internet/internet.ts';
import { serverContext } from '../../../internet/tls-context.ts';
import type { ServedCertificate } from '../certificates.ts';
import type { Elb } from '../elb.ts';
import type { Listener } from '../listeners/listener.ts';
import { DEFAULT_POLICY, tlsPolicy } from '../listeners/tls-policies.ts';

/** Speaks TLS with a client: by the listener's policy, with the certificate that its SNI asks for. */
export function secure(elb: Elb, listener: Listener, connection: Connection): TLSSocket {
  const certificates = served(elb, listener);
  const policy = tlsPolicy(listener.sslPolicy ?? DEFAULT_POLICY);
  const [fallback] = certificates;
  const http2 = listener.loadBalancer.attributes.get('routing.http2.enabled') === 'true';
  return new TLSSocket(connection, {
    isServer: true,
    secureContext: serverContext(policy, fallback),
    ALPNProtocols: http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
    SNICallback: (name, answer) => answer(null, serverContext(policy, choose(certificates, name) ?? fallback)),
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
