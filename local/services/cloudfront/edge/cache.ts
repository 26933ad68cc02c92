import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { Header } from '../../../internet/http-headers.ts';
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

/** How many answers an edge location keeps; the oldest goes first. */
const MOST = 1000;

/** What one edge location keeps. */
export class EdgeCache {
  readonly #answers = new Map<string, CachedAnswer>();

  get(key: string): CachedAnswer | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: CachedAnswer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
  }
}
