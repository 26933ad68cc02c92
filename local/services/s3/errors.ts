import { AwsError } from '../../wire/service.ts';

// The messages are AWS's own. Source: Amazon S3 API Reference, "Error responses", and public logs; checked 2026-11-30.

export const noSuchBucket = (BucketName: string): AwsError =>
  new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, BucketName });

export const noSuchKey = (Key: string): AwsError =>
  new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, Key });

export const accessDenied = (message = 'Access Denied'): AwsError =>
  new AwsError('AccessDenied', message, { status: 403 });

export const invalidArgument = (message: string, ArgumentName: string, value?: string | number): AwsError =>
  new AwsError('InvalidArgument', message, {
    status: 400,
    ArgumentName,
    ...(value !== undefined && { ArgumentValue: value }),
  });

export const malformedXml = (): AwsError =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { status: 400 },
  );

export const preconditionFailed = (Condition: string): AwsError =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    Condition,
  });

/** What S3 itself does not take of a header. Source: recordings of AWS in LocalStack's tests; checked 2026-11-30. */
export const impliesMore = (Header: string, additionalMessage: string): AwsError =>
  new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    status: 501,
    Header,
    additionalMessage,
  });

/** A setting that a bucket does not have: { code: "NoSuchBucketPolicy", … } */
export const notSet = (code: string, message: string, BucketName: string): AwsError =>
  new AwsError(code, message, { status: 404, BucketName });

/** What S3 has and the local AWS has not: named, instead of taken in silence. */
export const notHere = (what: string): AwsError =>
  new AwsError('NotImplemented', `${what} is not part of this local AWS`, { status: 501 });
