import type { SecureVersion } from 'node:tls';
import type { DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TlsPolicy } from '../../../internet/tls-context.ts';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { page } from '../paging.ts';

// Source: Application Load Balancers User Guide, "Security policies"; checked 2026-11-22. FIPS policies and those of
// 2015 and 2018-2019 other than the ones below are not here.
const TLS13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
const GCM_128 = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'];
const CBC_128 = ['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256'];
const SHA_128 = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA'];
const GCM_256 = ['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'];
const CBC_256 = ['ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384'];
const SHA_256 = ['ECDHE-RSA-AES256-SHA', 'ECDHE-ECDSA-AES256-SHA'];
const RSA = ['AES128-GCM-SHA256', 'AES128-SHA256', 'AES256-GCM-SHA384', 'AES256-SHA256'];
const RSA_AND_SHA = [
  'AES128-GCM-SHA256',
  'AES128-SHA256',
  'AES128-SHA',
  'AES256-GCM-SHA384',
  'AES256-SHA256',
  'AES256-SHA',
];
const RESTRICTED = [...GCM_128, ...GCM_256];
const FORWARD_SECRET = [...GCM_128, ...CBC_128, ...GCM_256, ...CBC_256];
const COMPATIBLE = [...GCM_128, ...CBC_128, ...SHA_128, ...GCM_256, ...CBC_256, ...SHA_256, ...RSA_AND_SHA];

const SINCE_1_3: SecureVersion[] = ['TLSv1.3'];
const SINCE_1_2: SecureVersion[] = ['TLSv1.3', 'TLSv1.2'];
const SINCE_1_1: SecureVersion[] = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1'];
const SINCE_1_0: SecureVersion[] = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'];
const until12 = (protocols: SecureVersion[]) => protocols.slice(1);

const POLICIES: TlsPolicy[] = [
  ...withPostQuantum('TLS13-1-3', SINCE_1_3, TLS13),
  ...withPostQuantum('TLS13-1-2', SINCE_1_2, [...TLS13, ...FORWARD_SECRET]),
  ...withPostQuantum('TLS13-1-2-Res', SINCE_1_2, [...TLS13, ...RESTRICTED]),
  ...withPostQuantum('TLS13-1-2-Ext1', SINCE_1_2, [...TLS13, ...FORWARD_SECRET, ...RSA]),
  ...withPostQuantum('TLS13-1-2-Ext2', SINCE_1_2, [...TLS13, ...COMPATIBLE]),
  policy('TLS13-1-1-2021-06', SINCE_1_1, [...TLS13, ...COMPATIBLE]),
  ...withPostQuantum('TLS13-1-0', SINCE_1_0, [...TLS13, ...COMPATIBLE]),
  policy('TLS-1-2-Ext-2018-06', until12(SINCE_1_2), COMPATIBLE),
  policy('TLS-1-2-2017-01', until12(SINCE_1_2), [...FORWARD_SECRET, ...RSA]),
  policy('TLS-1-1-2017-01', until12(SINCE_1_1), COMPATIBLE),
  policy('FS-1-2-Res-2019-08', until12(SINCE_1_2), FORWARD_SECRET),
  policy('2016-08', until12(SINCE_1_0), COMPATIBLE),
];

/** What an HTTPS listener gets that names no policy, by any way but the console. */
export const DEFAULT_POLICY = 'ELBSecurityPolicy-2016-08';

/** The policy of that name. Throws `SSLPolicyNotFound`. */
export function tlsPolicy(name: string): TlsPolicy {
  const found = POLICIES.find((other) => other.name === name);
  if (!found) throw new AwsError('SSLPolicyNotFound', `SSL policy '${name}' not found`);
  return found;
}

/** Describes the TLS policies that a listener may have. */
export function describeSslPolicies(): Operation<DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput> {
  return {
    run({ Names, PageSize, Marker }) {
      const found = Names?.length ? Names.map(tlsPolicy) : POLICIES;
      const { items, ...next } = page(found, { PageSize, Marker });
      return {
        SslPolicies: items.map(({ name, protocols, ciphers }) => ({
          Name: name,
          SslProtocols: protocols,
          Ciphers: ciphers.map((Name, i) => ({ Name, Priority: i + 1 })),
          SupportedLoadBalancerTypes: ['application', 'network'],
        })),
        ...next,
      };
    },
  };
}

function withPostQuantum(name: string, protocols: SecureVersion[], ciphers: string[]): TlsPolicy[] {
  return [
    policy(`${name}-2021-06`, protocols, ciphers),
    { ...policy(`${name}-PQ-2025-09`, protocols, ciphers), postQuantum: true },
  ];
}

function policy(name: string, protocols: SecureVersion[], ciphers: string[]): TlsPolicy {
  return { name: `ELBSecurityPolicy-${name}`, protocols, ciphers, postQuantum: false };
}
