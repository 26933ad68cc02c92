import type { ResponseHeadersPolicy } from './policy.ts';

/** Source: CloudFront Developer Guide, "Use managed response headers policies", SecurityHeadersPolicy; checked 2026-11-29. */
const SECURITY_HEADERS: ResponseHeadersPolicy = {
  id: '67f7725c-6f97-4210-82d7-5512b31e9d03',
  etag: 'E23ZP02F085DFQ',
  modifiedAt: new Date('2021-11-02T00:00:00Z'),
  managed: true,
  config: {
    Name: 'Managed-SecurityHeadersPolicy',
    Comment: 'Adds a set of security headers to every response',
    SecurityHeadersConfig: {
      StrictTransportSecurity: { Override: false, AccessControlMaxAgeSec: 31_536_000 },
      ContentTypeOptions: { Override: true },
      FrameOptions: { Override: false, FrameOption: 'SAMEORIGIN' },
      XSSProtection: { Override: false, Protection: true, ModeBlock: true },
      ReferrerPolicy: { Override: false, ReferrerPolicy: 'strict-origin-when-cross-origin' },
    },
  },
};

/** The managed response headers policies that are here. */
export const MANAGED_POLICIES: readonly ResponseHeadersPolicy[] = [SECURITY_HEADERS];
