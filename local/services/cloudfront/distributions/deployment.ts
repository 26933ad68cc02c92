import type { CloudFront } from '../cloudfront.ts';
import { CREATION, EDGE_SHARE, UPDATE } from '../delays.ts';
import type { Distribution } from './distribution.ts';

/**
 * Brings the newest configurations to the edge locations, each location at a time of its own, to which they all come
 * together. What follows another deployment is deployed no sooner than that one.
 */
export function deploy(
  cloudFront: CloudFront,
  distributions: readonly Distribution[],
  kind: 'creation' | 'update',
): void {
  const { clock, draws } = cloudFront.host;
  const now = clock.now().getTime();
  const [first] = distributions;
  const seconds = draws.seconds(`cloudfront:${kind}`, first?.id ?? '', kind === 'creation' ? CREATION : UPDATE);
  const earlier = distributions.map(({ deployedAt }) => deployedAt.getTime() - now);
  const total = Math.max(seconds * 1000, ...earlier);
  const last = Math.floor(draws.fraction('cloudfront:last-edge') * cloudFront.edges.length);
  const arriving = distributions.map((distribution) => {
    distribution.deployedAt = new Date(now + total);
    const { config, etag } = distribution;
    return { distribution, config, etag, version: ++distribution.changes };
  });
  for (const [index, edge] of cloudFront.edges.entries()) {
    const share = index === last ? 1 : draws.seconds('cloudfront:edge', edge.pop, EDGE_SHARE);
    clock.after(total * share, () => {
      for (const one of arriving) {
        if (cloudFront.distributions.get(one.distribution.id) === one.distribution) edge.accept(one);
      }
    });
  }
}
