import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { CompleteConfig } from '../distributions/distribution.ts';

/**
 * The path that patterns are compared with; the origin is asked for the viewer's own. Source: CloudFront Developer Guide, "Path pattern" (RFC
 * 3986, section 6.2.2); checked 2026-12-01.
 */
export function normalized(path: string): string {
  const plain = path.replace(/%([0-9a-f]{2})/gi, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
  const kept: string[] = [];
  const segments = plain.split('/');
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..' && kept.length > 1) kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return kept.join('/');
}

/** The behavior of the first pattern that the path meets, in their order; the default one meets every path. */
export function behaviorFor(config: CompleteConfig, path: string): DefaultCacheBehavior {
  const wanted = normalized(path);
  const first = config.CacheBehaviors.Items?.find(({ PathPattern = '' }) => meets(PathPattern, wanted));
  return first ?? (config.DefaultCacheBehavior as DefaultCacheBehavior);
}

/** "*" is any characters, "?" is one; case counts, and a slash at the beginning does not. */
function meets(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/^\//, '').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^/?${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(path);
}
