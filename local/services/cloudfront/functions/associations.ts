import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { notHere } from '../errors.ts';
import { functionWithArn } from './function.ts';

const EVENTS = ['viewer-request', 'viewer-response'];

/** Throws for a function that a behavior cannot have: one that is not published, or of another kind of event. */
export function checkAssociations(cloudFront: CloudFront, { FunctionAssociations }: DefaultCacheBehavior): void {
  const associations = FunctionAssociations?.Items ?? [];
  const events = associations.map(({ EventType }) => String(EventType));
  if (events.some((event) => !EVENTS.includes(event)) || new Set(events).size < events.length) {
    throw new AwsError('InvalidFunctionAssociation', 'The parameter EventType is invalid.');
  }
  for (const { FunctionARN } of associations) {
    const found = functionWithArn(cloudFront, FunctionARN);
    if (!found?.live) {
      throw new AwsError('InvalidFunctionAssociation', 'The parameter FunctionAssociationArn is invalid.');
    }
  }
  if (events.includes('viewer-response')) throw notHere('A function for viewer-response');
}
