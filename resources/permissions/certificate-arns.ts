import { arnHere, type GrantScope } from './scope.ts';

/** The certificates of the stack's own region, where load balancers take theirs from. */
export function certificatesHere(scope: GrantScope): string[] {
  return [arnHere(scope, 'acm', 'certificate/*')];
}

/** CloudFront's certificates, which may need a validation record that is to go. */
export function certificatesOfCloudFront({ partition, account }: GrantScope): string[] {
  return [`arn:${partition}:acm:us-east-1:${account}:certificate/*`];
}
