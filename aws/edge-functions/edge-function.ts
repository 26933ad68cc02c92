import {
  type CloudFrontClient,
  DescribeFunctionCommand,
  GetFunctionCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import { isCode } from '../error-code.ts';
import { tagRecord } from '../tags.ts';

/** A CloudFront function. */
export interface EdgeFunction {
  arn: string;
  /** Of what is written, which a change has to name. */
  etag: string;
  /** What edge locations run; undefined before it is published. */
  live: string | undefined;
  tags: Record<string, string>;
}

/** Undefined where there is no function of that name. */
export async function readEdgeFunction(cloudFront: CloudFrontClient, Name: string): Promise<EdgeFunction | undefined> {
  try {
    const { FunctionSummary, ETag = '' } = await cloudFront.send(new DescribeFunctionCommand({ Name }));
    const arn = FunctionSummary?.FunctionMetadata?.FunctionARN ?? '';
    const { Tags } = await cloudFront.send(new ListTagsForResourceCommand({ Resource: arn }));
    return { arn, etag: ETag, live: await readLive(cloudFront, Name), tags: tagRecord(Tags?.Items) };
  } catch (error) {
    if (isCode(error, 'NoSuchFunctionExists', 'NoSuchResource')) return undefined;
    throw error;
  }
}

async function readLive(cloudFront: CloudFrontClient, Name: string): Promise<string | undefined> {
  try {
    const { FunctionCode } = await cloudFront.send(new GetFunctionCommand({ Name, Stage: 'LIVE' }));
    return new TextDecoder().decode(FunctionCode);
  } catch (error) {
    if (isCode(error, 'NoSuchFunctionExists')) return undefined;
    throw error;
  }
}
