import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { Header } from '../../../internet/http-headers.ts';
import type { Distribution } from '../distributions/distribution.ts';
import type { Reason } from './pages.ts';

/** An answer that an edge location keeps. */
export interface CachedAnswer {
  status: number;
  headers: Header[];
  body: Buffer;
  /** In ms of AWS time. */
  storedAt: number;
  freshUntil: number;
  /** Of an error page: the behavior that it was fetched by. */
  pageBehavior?: DefaultCacheBehavior;
  /** Of an error of CloudFront's own, which is said anew each time. */
  reason?: Reason;
}

/** What a key is the JSON text of, with what else the cache policy names. */
export type CacheKey = [distribution: string, method: string, path: string, query: string, ...others: unknown[]];

const meets = (pattern: string, url: string): boolean =>
  pattern.endsWith('*') ? url.startsWith(pattern.slice(0, -1)) : url === pattern;

/** How many answers an edge location keeps; the oldest goes first. */
const MOST = 1000;

/** What one edge location keeps. */
export class EdgeCache {
  readonly #answers = new Map<string, CachedAnswer>();

  get(key: string): CachedAnswer | undefined {
    return this.#answers.get(key);
  }

  /** Forgets what is kept of a distribution at paths, whatever else it is kept by; a query counts where it is a part of the key. */
  invalidate({ id, config }: Pick<Distribution, 'id' | 'config'>, patterns: readonly string[]): void {
    for (const key of this.#answers.keys()) {
      const [distribution, , path, query] = JSON.parse(key) as CacheKey;
      // A file that is the default root object is kept for "/" as well.
      const paths = path === '/' ? [path, `/${config.DefaultRootObject}`] : [path];
      const isMeant = patterns.some((pattern) => paths.some((one) => meets(pattern, one + query)));
      if (distribution === id && isMeant) this.#answers.delete(key);
    }
  }

  set(key: string, answer: CachedAnswer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
  }
}
