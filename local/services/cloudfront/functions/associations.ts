import type { DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { notHere } from '../errors.ts';
import { DISTRIBUTIONS_PER_FUNCTION } from '../quotas.ts';
import { functionWithArn, usersOf } from './function.ts';

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
    if (usersOf(cloudFront, found.arn).length > DISTRIBUTIONS_PER_FUNCTION) {
      throw new AwsError(
        'TooManyDistributionsWithSingleFunctionARN',
        'The maximum number of distributions have been associated with the specified CloudFront function.',
      );
    }
  }
  if (events.includes('viewer-response')) throw notHere('A function for viewer-response');
}
