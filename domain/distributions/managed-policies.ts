import type { Cdn } from '../sites/cdn.ts';

/**
 * CloudFront's managed cache policies, the same in every account. Source: CloudFront Developer Guide, "Use managed cache
 * policies", checked 2026-11-29.
 */
export const CACHE_POLICIES: Readonly<Record<Cdn['caching'], string>> = {
  CachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  CachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  UseOriginCacheControlHeaders: '83da9c7e-98b4-4e11-a168-04f0df8e2c65',
  'UseOriginCacheControlHeaders-QueryStrings': '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
};

/**
 * The managed origin request policies that forward everything: with the Host that the viewer has sent, or with the origin's own
 * name as Host. Source: CloudFront Developer Guide, "Use managed origin request policies", checked 2026-11-29.
 */
const ORIGIN_REQUEST_POLICIES = {
  AllViewer: '216adef6-5c7f-47e4-b989-5492eafa07d3',
  AllViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
} as const;

export const FORWARDING: Readonly<Record<Cdn['host'], string>> = {
  viewer: ORIGIN_REQUEST_POLICIES.AllViewer,
  origin: ORIGIN_REQUEST_POLICIES.AllViewerExceptHostHeader,
};

const NAMES = new Map<string, string>(
  [...Object.entries(CACHE_POLICIES), ...Object.entries(ORIGIN_REQUEST_POLICIES)].map(([name, id]) => [id, name]),
);

/** The name of a managed policy, or the id of one that is not. */
export function policyName(id: string | undefined): string {
  return (id !== undefined && NAMES.get(id)) || id || 'none';
}
