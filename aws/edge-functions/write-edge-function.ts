import {
  type CloudFrontClient,
  CreateFunctionCommand,
  PublishFunctionCommand,
  UpdateFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';
import { tagList } from '../tags.ts';

interface Written {
  name: string;
  comment: string;
  code: string;
}

const settings = ({ name, comment, code }: Written) => ({
  Name: name,
  FunctionConfig: { Comment: comment, Runtime: 'cloudfront-js-2.0' as const },
  FunctionCode: new TextEncoder().encode(code),
});

/** Creates a function that no edge location runs yet; undefined when there is one of that name. */
export async function createEdgeFunction(
  cloudFront: CloudFrontClient,
  { tags, ...written }: Written & { tags: Record<string, string> },
): Promise<{ arn: string; etag: string } | undefined> {
  try {
    const { FunctionSummary, ETag = '' } = await cloudFront.send(
      new CreateFunctionCommand({ ...settings(written), Tags: { Items: tagList(tags) } }),
    );
    return { arn: FunctionSummary?.FunctionMetadata?.FunctionARN ?? '', etag: ETag };
  } catch (error) {
    if (isCode(error, 'FunctionAlreadyExists')) return undefined;
    throw error;
  }
}

/** Writes other code over it, and tells its new ETag; undefined when it was changed since it was read. */
export async function updateEdgeFunction(
  cloudFront: CloudFrontClient,
  { etag, ...written }: Written & { etag: string },
): Promise<string | undefined> {
  try {
    return (await cloudFront.send(new UpdateFunctionCommand({ ...settings(written), IfMatch: etag }))).ETag;
  } catch (error) {
    if (isCode(error, 'PreconditionFailed', 'NoSuchFunctionExists')) return undefined;
    throw error;
  }
}

/** Has edge locations run what is written; false when it was changed since. */
export async function publishEdgeFunction(
  cloudFront: CloudFrontClient,
  { name, etag }: { name: string; etag: string },
): Promise<boolean> {
  try {
    await cloudFront.send(new PublishFunctionCommand({ Name: name, IfMatch: etag }));
    return true;
  } catch (error) {
    if (isCode(error, 'PreconditionFailed', 'NoSuchFunctionExists')) return false;
    throw error;
  }
}
