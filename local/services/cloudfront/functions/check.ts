import type { FunctionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { invalidArgument, notHere, required } from '../errors.ts';
import { FUNCTION_BYTES } from '../quotas.ts';

/** Throws for a function that CloudFront would not take. It does not look at what the code does: edge locations find that out. */
export function checkFunction(
  config: FunctionConfig | undefined,
  code: Uint8Array | undefined,
): { config: FunctionConfig; code: Uint8Array } {
  if (!config) throw required('FunctionConfig');
  if (!code || code.length === 0) throw required('FunctionCode');
  if (config.Runtime !== 'cloudfront-js-2.0') throw notHere('The runtime cloudfront-js-1.0');
  if ((config.Comment ?? '').length > 128) throw invalidArgument('The parameter Comment is too long.');
  if (config.KeyValueStoreAssociations?.Quantity) throw notHere('A key value store');
  if (code.length > FUNCTION_BYTES) {
    throw new AwsError('FunctionSizeLimitExceeded', 'The function code is larger than the maximum of 10 KB.');
  }
  return { config: { ...config, Comment: config.Comment ?? '' }, code };
}
