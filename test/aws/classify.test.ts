import { describe, expect, test } from '@jest/globals';
import { classify } from '../../aws/classify.ts';
import { Failure } from '../../domain/errors.ts';

function awsError(
  name: string,
  { message = 'Says AWS.', status = 400 }: { message?: string; status?: number } = {},
): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

describe('classify()', () => {
  test.each([
    ['A10', 'ThrottlingException'],
    ['', 'Throttling'],
    ['R1', 'PriorRequestNotComplete'],
    ['', 'RequestLimitExceeded'],
    ['', 'TooManyRequestsException'],
    ['', 'ProvisionedThroughputExceededException'],
    ['', 'TimeoutError'],
    ['', 'ServiceUnavailableException'],
    ['', 'InternalServerException'],
    ['', 'TransactionInProgressException'],
  ])('%s takes %s for Throttled', (_, code) => {
    expect(classify(awsError(code))?.name).toBe('Throttled');
  });

  test.each([500, 502, 503, 504, 408, 429])('takes status %i for Throttled, whatever the code', (status) => {
    expect(classify(awsError('UnknownError', { status }))?.name).toBe('Throttled');
  });

  test.each(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'EPROTO', 'ENETDOWN'])(
    'W15: takes %s for Throttled: the outcome is unknown and the step looks again',
    (code) => {
      expect(classify(Object.assign(new Error(code), { code }))?.name).toBe('Throttled');
    },
  );

  test.each([['AccessDenied'], ['AccessDeniedException'], ['UnauthorizedOperation']])(
    'takes %s for Refused and keeps the sentence that names the action',
    (code) => {
      const message =
        'User: arn:aws:sts::123456789012:assumed-role/R/s is not authorized to perform: acm:RequestCertificate.';
      const failure = classify(awsError(code, { message, status: 403 }));
      expect(failure?.name).toBe('Refused');
      expect(failure?.message).toContain('is not authorized to perform: acm:RequestCertificate)');
    },
  );

  test('W15: takes a denial for one to be looked at again when an attempt before it had no answer: what is gone bears no tag of ours', () => {
    const denied = awsError('AccessDenied', { status: 403 });
    const again = Object.assign(denied, { $metadata: { httpStatusCode: 403, attempts: 2 } });
    expect(classify(again)?.name).toBe('Denied');
    const first = Object.assign(denied, { $metadata: { httpStatusCode: 403, attempts: 1 } });
    expect(classify(first)?.name).toBe('Refused');
    expect(classify(first, { again: true })?.name).toBe('Denied');
  });

  test.each([
    ['A9', 'LimitExceededException'],
    ['R21', 'LimitsExceeded'],
    ['R21', 'TooManyHostedZones'],
    ['L3', 'TooManyCertificates'],
    ['L15', 'TooManyRules'],
    ['', 'TooManyLoadBalancers'],
    ['', 'AddressLimitExceeded'],
    ['L11', 'RulesPerSecurityGroupLimitExceeded'],
    ['', 'ExecutionLimitExceeded'],
    ['', 'DelegationSetNotAvailable'],
  ])('%s takes %s for QuotaReached', (_, code) => {
    expect(classify(awsError(code))?.name).toBe('QuotaReached');
  });

  test.each(['InvalidChangeBatch', 'ResourceNotFoundException', 'ConditionalCheckFailedException', 'ValidationError'])(
    'leaves %s to whoever asked',
    (code) => {
      expect(classify(awsError(code))).toBeUndefined();
    },
  );

  test('leaves an operation that is not there to a person, though its status is 501', () => {
    expect(classify(awsError('NotImplemented', { status: 501 }))).toBeUndefined();
  });

  test('leaves bugs alone', () => {
    expect(classify(new TypeError('undefined is not a function'))).toBeUndefined();
    expect(classify('text')).toBeUndefined();
    expect(classify(undefined)).toBeUndefined();
  });

  test('gives a failure back as it is', () => {
    const failure = new Failure('Conflict', 'A foreign record is in the way');
    expect(classify(failure)).toBe(failure);
  });

  test('S10: escapes what AWS repeats of a name', () => {
    expect(classify(awsError('AccessDenied', { message: 'no\r\n\u001b[31m' }))?.message).not.toMatch(/\p{Cc}/u);
  });
});
