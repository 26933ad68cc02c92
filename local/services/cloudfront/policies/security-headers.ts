import type { Header } from '../../../internet/http-headers.ts';

/** The one managed response headers policy that is here. */
export const SECURITY_HEADERS_POLICY = '67f7725c-6f97-4210-82d7-5512b31e9d03';

/** Source: CloudFront Developer Guide, "Use managed response headers policies", SecurityHeadersPolicy; checked 2026-11-29. */
const ADDED: readonly { header: Header; overrides: boolean }[] = [
  { header: ['Strict-Transport-Security', 'max-age=31536000'], overrides: false },
  { header: ['X-Content-Type-Options', 'nosniff'], overrides: true },
  { header: ['X-Frame-Options', 'SAMEORIGIN'], overrides: false },
  { header: ['X-XSS-Protection', '1; mode=block'], overrides: false },
  { header: ['Referrer-Policy', 'strict-origin-when-cross-origin'], overrides: false },
];

/** The answer's headers with those of a response headers policy. */
export function withPolicy(headers: Header[], policyId: string | undefined): Header[] {
  if (policyId !== SECURITY_HEADERS_POLICY) return headers;
  const has = (name: string): boolean => headers.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const added = ADDED.filter(({ header, overrides }) => overrides || !has(header[0])).map(({ header }) => header);
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
}
