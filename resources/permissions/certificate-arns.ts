import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { arnHere, type GrantScope } from './scope.ts';

/** The certificates of the stack's own region, where load balancers take theirs from. */
export function certificatesHere(scope: GrantScope): string[] {
  return [arnHere(scope, 'acm', 'certificate/*')];
}

/** CloudFront's certificates: those of viewers, and others that may need a validation record that is to go. */
export function certificatesOfCloudFront({ partition, account }: GrantScope): string[] {
  return [`arn:${partition}:acm:${CLOUDFRONT_REGION}:${account}:certificate/*`];
}
