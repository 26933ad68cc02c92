import type {
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicySecurityHeadersConfig,
} from '@aws-sdk/client-cloudfront';
import type { Header } from '../../../internet/http-headers.ts';
import type { ResponseHeadersPolicy } from './policy.ts';

interface Added {
  header: Header;
  overrides: boolean | undefined;
}

/**
 * The answer's headers with those of a response headers policy: what it removes goes first, so that a header which it removes and adds
 * is its own. Source: CloudFront Developer Guide, "Understand response headers policies"; checked 2026-11-30.
 */
export function withPolicy(headers: Header[], policy: ResponseHeadersPolicy | undefined): Header[] {
  if (!policy) return headers;
  const removed = policy.config.RemoveHeadersConfig?.Items ?? [];
  const left = without(
    headers,
    removed.map(({ Header: name = '' }) => name),
  );
  const has = (name: string): boolean => left.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const added = addedBy(policy.config)
    .filter(({ header, overrides }) => overrides || !has(header[0]))
    .map(({ header }) => header);
  return [
    ...without(
      left,
      added.map(([name]) => name),
    ),
    ...added,
  ];
}

function without(headers: Header[], names: readonly string[]): Header[] {
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return headers.filter(([name]) => !gone.has(name.toLowerCase()));
}

const addedBy = ({ CustomHeadersConfig, SecurityHeadersConfig = {} }: ResponseHeadersPolicyConfig): Added[] => [
  ...securityHeaders(SecurityHeadersConfig),
  ...(CustomHeadersConfig?.Items ?? []).map(
    ({ Header: name = '', Value = '', Override }): Added => ({ header: [name, Value], overrides: Override }),
  ),
];

function securityHeaders(config: ResponseHeadersPolicySecurityHeadersConfig): Added[] {
  const {
    StrictTransportSecurity: hsts,
    ContentTypeOptions,
    FrameOptions,
    XSSProtection: xss,
    ReferrerPolicy,
  } = config;
  const added: [Header[0], string | undefined, boolean | undefined][] = [
    ['Strict-Transport-Security', hsts && `max-age=${hsts.AccessControlMaxAgeSec}`, hsts?.Override],
    ['X-Content-Type-Options', ContentTypeOptions && 'nosniff', ContentTypeOptions?.Override],
    ['X-Frame-Options', FrameOptions?.FrameOption, FrameOptions?.Override],
    ['X-XSS-Protection', xss && '1; mode=block', xss?.Override],
    ['Referrer-Policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy?.Override],
  ];
  return added.flatMap(([name, value, overrides]) =>
    value === undefined ? [] : [{ header: [name, value], overrides }],
  );
}
