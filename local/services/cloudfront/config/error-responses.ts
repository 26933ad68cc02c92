import type { CustomErrorResponse, DistributionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { invalidArgument } from '../errors.ts';

// Source: CloudFront Developer Guide, "How CloudFront processes HTTP 4xx and 5xx status codes"; checked 2026-11-29.
export const ERROR_CODES = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const RESPONSE_CODES = ['200', ...ERROR_CODES.map(String)];

/** Throws for error responses that CloudFront would not take. */
export function checkErrorResponses({ CustomErrorResponses }: DistributionConfig): void {
  const responses = CustomErrorResponses?.Items ?? [];
  responses.forEach(checkErrorResponse);
  const codes = responses.map(({ ErrorCode }) => ErrorCode);
  if (new Set(codes).size < codes.length) throw invalidArgument('The parameter ErrorCode must be unique.');
}

function checkErrorResponse(response: CustomErrorResponse): void {
  const { ErrorCode, ResponseCode = '', ResponsePagePath = '', ErrorCachingMinTTL = 0 } = response;
  if (!ERROR_CODES.includes(Number(ErrorCode))) {
    throw new AwsError('InvalidErrorCode', 'An invalid error code was specified.');
  }
  if (ResponseCode !== '' && !RESPONSE_CODES.includes(ResponseCode)) {
    throw new AwsError('InvalidResponseCode', 'A response code is not valid.');
  }
  if ((ResponseCode === '') !== (ResponsePagePath === '')) {
    throw invalidArgument('The parameters ResponseCode and ResponsePagePath must be given together.');
  }
  if (ResponsePagePath !== '' && !ResponsePagePath.startsWith('/')) {
    throw invalidArgument('The parameter ResponsePagePath must begin with /.');
  }
  if (ErrorCachingMinTTL < 0) throw invalidArgument('The parameter ErrorCachingMinTTL is not valid.');
}
