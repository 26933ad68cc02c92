import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { certificatesIn } from '../certificate/permissions.ts';
import { certificatesOfCloudFront } from '../permissions/certificate-arns.ts';
import type { GrantScope } from '../permissions/scope.ts';
import type { Grant } from '../permissions/statement.ts';

export function viewerCertificatePermissions(scope: GrantScope): Grant[] {
  return certificatesIn(scope, { certificates: certificatesOfCloudFront(scope), region: CLOUDFRONT_REGION });
}
