import type { Action, Certificate, MutualAuthenticationAttributes } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elb } from '../elb.ts';
import { invalid, notHere } from '../errors.ts';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import { readActions } from './actions.ts';
import { onlyArn } from './listener-certificates.ts';
import { DEFAULT_POLICY, tlsPolicy } from './tls-policies.ts';
import { certificateFor } from './use-certificate.ts';

/** What a listener is told to be. */
export interface Settings {
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  sslPolicy: string | undefined;
  certificateArn: string | undefined;
  actions: Action[];
}

interface Request {
  Port?: number | undefined;
  Protocol?: string | undefined;
  SslPolicy?: string | undefined;
  Certificates?: Certificate[] | undefined;
  Actions?: Action[] | undefined;
  AlpnPolicy?: string[] | undefined;
  MutualAuthentication?: MutualAuthenticationAttributes | undefined;
}

/** The settings that a request comes to. Throws when a listener can't be so. */
export function readSettings(elb: Elb, loadBalancer: LoadBalancer, request: Request): Settings {
  const {
    Port: port,
    Protocol: protocol,
    SslPolicy,
    Certificates,
    Actions,
    AlpnPolicy,
    MutualAuthentication,
  } = request;
  if (port === undefined) throw invalid('A port must be specified');
  if (protocol === undefined) throw invalid('A protocol must be specified');
  if (MutualAuthentication && MutualAuthentication.Mode !== 'off') throw notHere('Mutual authentication');
  if (AlpnPolicy?.length) throw invalid('ALPN policies are only supported on TLS listeners');
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
    throw invalid(`Listener protocol '${protocol}' must be one of 'HTTP, HTTPS'`);
  }
  const actions = readActions(loadBalancer.region, Actions, { loadBalancer, protocol });
  if (protocol === 'HTTP') {
    if (Certificates?.length) throw invalid('Certificates cannot be specified for HTTP listeners');
    if (SslPolicy !== undefined) throw invalid('An SSL policy cannot be specified for HTTP listeners');
    return { port, protocol, sslPolicy: undefined, certificateArn: undefined, actions };
  }
  if (!Certificates?.length) throw invalid('A certificate must be specified for HTTPS listeners');
  const certificateArn = onlyArn(Certificates);
  const sslPolicy = tlsPolicy(SslPolicy ?? DEFAULT_POLICY).name;
  certificateFor(elb, loadBalancer.region.name, certificateArn);
  return { port, protocol, sslPolicy, certificateArn, actions };
}
