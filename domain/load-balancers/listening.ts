import type { Site } from '../sites/site.ts';

/** A port that a load balancer listens on. */
export interface Listening {
  protocol: 'HTTPS' | 'HTTP';
  port: number;
}

/** What the load balancer of a site listens on: 443 always, 80 for the redirect. */
export function listening({ http }: Pick<Site, 'http'>): Listening[] {
  const secure = { protocol: 'HTTPS', port: 443 } as const;
  return http === 'redirect' ? [secure, { protocol: 'HTTP', port: 80 }] : [secure];
}
