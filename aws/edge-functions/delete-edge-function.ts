import { type CloudFrontClient, DeleteFunctionCommand } from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';

/** Deletes a function. Tells "gone" also of one that is gone already, and "in use" while a distribution has it. */
export async function deleteEdgeFunction(
  cloudFront: CloudFrontClient,
  { name, etag }: { name: string; etag: string },
): Promise<'gone' | 'in use' | 'changed'> {
  try {
    await cloudFront.send(new DeleteFunctionCommand({ Name: name, IfMatch: etag }));
    return 'gone';
  } catch (error) {
    if (isCode(error, 'NoSuchFunctionExists')) return 'gone';
    if (isCode(error, 'FunctionInUse')) return 'in use';
    if (isCode(error, 'PreconditionFailed')) return 'changed';
    throw error;
  }
}
