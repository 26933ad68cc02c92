import { type CloudFrontClient, DeleteDistributionCommand } from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';

/**
 * Deletes a distribution that is disabled and deployed. Tells "gone" also of one that is gone already, "changed" of one whose
 * ETag is another one by now, and "enabled" of one that CloudFront does not take for disabled (failures C7).
 */
export async function deleteDistribution(
  cloudFront: CloudFrontClient,
  { id, etag }: { id: string; etag: string },
): Promise<'gone' | 'changed' | 'enabled'> {
  try {
    await cloudFront.send(new DeleteDistributionCommand({ Id: id, IfMatch: etag }));
    return 'gone';
  } catch (error) {
    if (isCode(error, 'NoSuchDistribution')) return 'gone';
    if (isCode(error, 'PreconditionFailed', 'InvalidIfMatchVersion')) return 'changed';
    if (isCode(error, 'DistributionNotDisabled')) return 'enabled';
    throw error;
  }
}
