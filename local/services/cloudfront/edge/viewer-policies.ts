import type { TlsPolicy } from '../../../internet/tls-context.ts';

// Source: CloudFront Developer Guide, "Supported protocols and ciphers between viewers and CloudFront"; checked 2026-11-29.
const TLS13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
const GCM = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
];
const CHACHA = ['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'];
const CBC = [
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA384',
];
const RSA = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA256'];
const SHA = [
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES256-SHA',
  'AES128-SHA',
];

const SINCE_1_3 = ['TLSv1.3'] as const;
const SINCE_1_2 = ['TLSv1.3', 'TLSv1.2'] as const;
const SINCE_1_1 = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1'] as const;
const SINCE_1_0 = ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'] as const;

/** What a distribution offers its viewers, by its MinimumProtocolVersion; SSLv3 is for distributions with addresses of their own. */
export const VIEWER_POLICIES: ReadonlyMap<string, TlsPolicy> = new Map([
  policy('TLSv1.3_2025', SINCE_1_3, TLS13),
  policy('TLSv1.2_2025', SINCE_1_2, [...TLS13, ...GCM]),
  policy('TLSv1.2_2021', SINCE_1_2, [...TLS13, ...GCM, ...CHACHA]),
  policy('TLSv1.2_2019', SINCE_1_2, [...TLS13, ...GCM, ...CHACHA, ...CBC]),
  policy('TLSv1.2_2018', SINCE_1_2, [...TLS13, ...GCM, ...CHACHA, ...CBC, ...RSA]),
  policy('TLSv1.1_2016', SINCE_1_1, [...TLS13, ...GCM, ...CHACHA, ...CBC, ...RSA, ...SHA]),
  policy('TLSv1_2016', SINCE_1_0, [...TLS13, ...GCM, ...CHACHA, ...CBC, ...RSA, ...SHA]),
  policy('TLSv1', SINCE_1_0, [...TLS13, ...GCM, ...CHACHA, ...CBC, ...RSA, ...SHA]),
]);

/** For *.cloudfront.net, whatever a distribution says. */
export const DEFAULT_VIEWER_POLICY = 'TLSv1';

function policy(
  name: string,
  protocols: readonly TlsPolicy['protocols'][number][],
  ciphers: string[],
): [string, TlsPolicy] {
  return [name, { name: `CloudFront ${name}`, protocols: [...protocols], ciphers, postQuantum: true }];
}
