import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { CompleteConfig } from '../distributions/distribution.ts';

/** The behavior of the first pattern that the path meets, in their order; the default one meets every path. */
export function behaviorFor(config: CompleteConfig, path: string): DefaultCacheBehavior {
  const first = config.CacheBehaviors.Items?.find(({ PathPattern = '' }) => meets(PathPattern, path));
  return first ?? (config.DefaultCacheBehavior as DefaultCacheBehavior);
}

/** "*" is any characters, "?" is one; case counts, and a slash at the beginning does not. */
function meets(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/^\//, '').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^/?${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(path);
}
