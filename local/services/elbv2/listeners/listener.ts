import type { Listener as ShownListener } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import type { Region } from '../region.ts';
import type { Rule } from '../rules/rule.ts';
import { shownActions } from './actions.ts';

export interface Listener {
  arn: string;
  /** "app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2" */
  path: string;
  region: Region;
  loadBalancer: LoadBalancer;
  port: number;
  protocol: 'HTTP' | 'HTTPS';
  /** The TLS policy's name; undefined for HTTP. */
  sslPolicy: string | undefined;
  /** The default one first; empty for HTTP. */
  certificateArns: string[];
  /** In the order that they are tried, the default one last. */
  rules: Rule[];
}

/** As DescribeListeners shows it. */
export function shownListener({
  arn,
  loadBalancer,
  port,
  protocol,
  sslPolicy,
  certificateArns,
  rules,
}: Listener): ShownListener {
  const [defaultArn] = certificateArns;
  return {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancer.arn,
    Port: port,
    Protocol: protocol,
    ...(sslPolicy !== undefined && { SslPolicy: sslPolicy }),
    ...(defaultArn !== undefined && { Certificates: [{ CertificateArn: defaultArn }] }),
    ...(protocol === 'HTTPS' && { MutualAuthentication: { Mode: 'off' } }),
    DefaultActions: shownActions(rules.at(-1)?.actions ?? []),
  };
}
