import type { Cdn } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';
import { domain } from './steps.ts';

/** What a site behind CloudFront declares, with the lock of its origin. */
export function aLockedSite(changes: Partial<Cdn> = {}): Partial<Site> {
  const cdn: Cdn = {
    originName: `origin.${domain}`,
    host: 'viewer',
    caching: 'CachingDisabled',
    minimumTls: 'TLSv1.2_2021',
    lock: true,
    ...changes,
  };
  return { edge: 'cdn', cdn };
}
