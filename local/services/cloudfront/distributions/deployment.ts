import type { CloudFront } from '../cloudfront.ts';
import { CREATION, EDGE_SHARE, UPDATE } from '../delays.ts';
import type { Distribution } from './distribution.ts';

/**
 * Brings the newest configuration to the edge locations, each at a time of its own. A change that follows another is deployed
 * no sooner than that one.
 */
export function deploy(cloudFront: CloudFront, distribution: Distribution, kind: 'creation' | 'update'): void {
  const { clock, draws } = cloudFront.host;
  const now = clock.now().getTime();
  const bounds = kind === 'creation' ? CREATION : UPDATE;
  const seconds = draws.seconds(`cloudfront:${kind}`, distribution.id, bounds);
  const total = Math.max(now + seconds * 1000, distribution.deployedAt.getTime()) - now;
  distribution.deployedAt = new Date(now + total);
  const { config, etag } = distribution;
  const last = Math.floor(draws.fraction('cloudfront:last-edge') * cloudFront.edges.length);
  for (const [index, edge] of cloudFront.edges.entries()) {
    const share = index === last ? 1 : draws.seconds('cloudfront:edge', edge.pop, EDGE_SHARE);
    const version = ++distribution.changes;
    clock.after(total * share, () => {
      if (cloudFront.distributions.get(distribution.id) === distribution) {
        edge.accept(distribution, { config, etag, version });
      }
    });
  }
}
