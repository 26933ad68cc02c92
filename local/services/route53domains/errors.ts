import { AwsError } from '../../wire/service.ts';

// Source: Route 53 API reference, "Domain registration: UpdateDomainNameservers", errors; checked 2026-11-30. Wording (E).
export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', message);
export const duplicateRequest = (requestId: string): AwsError =>
  new AwsError('DuplicateRequest', 'The request is already in progress for the domain.', { requestId });
export const operationLimitExceeded = (): AwsError =>
  new AwsError(
    'OperationLimitExceeded',
    'The number of operations or jobs running exceeded the allowed threshold for the account.',
  );
export const unsupportedTld = (tld: string): AwsError =>
  new AwsError('UnsupportedTLD', `Amazon Route 53 does not support the top-level domain ${tld}.`);
export const rulesViolation = (message: string): AwsError => new AwsError('TLDRulesViolation', message);
