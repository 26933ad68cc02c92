import type { InvalidationBatch } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { checkQuantities } from '../config/quantities.ts';
import { invalidArgument, required } from '../errors.ts';
import { INVALIDATED_FILES, INVALIDATED_WILDCARDS, INVALIDATION_PATH_CHARACTERS } from '../quotas.ts';

/** The reference and the paths of a batch that can be done. Throws InvalidArgument, InconsistentQuantities, BatchTooLarge. */
export function checkBatch(batch: InvalidationBatch | undefined): { reference: string; paths: string[] } {
  if (!batch) throw required('InvalidationBatch');
  if (!batch.CallerReference) throw required('CallerReference');
  checkQuantities(batch);
  const paths = batch.Paths?.Items ?? [];
  if (paths.length === 0) throw required('Paths');
  if (!paths.every(isPath)) {
    throw invalidArgument('Your request contains one or more invalid invalidation paths.');
  }
  if (paths.filter((path) => !isWildcard(path)).length > INVALIDATED_FILES) {
    throw new AwsError('BatchTooLarge', 'Invalidation batch specified is too large.');
  }
  return { reference: batch.CallerReference, paths };
}

export const isWildcard = (path: string): boolean => path.endsWith('*');

/** Source: CloudFront Developer Guide, "What you need to know when invalidating paths"; checked 2026-11-30. */
const isPath = (path: string): boolean =>
  /^\/[\x21-\x7e]*$/.test(path) && !path.slice(0, -1).includes('*') && path.length <= INVALIDATION_PATH_CHARACTERS;

/** Throws TooManyInvalidationsInProgress where these paths are too many beside those that are being done. */
export function checkRoom(paths: readonly string[], inProgress: readonly string[]): void {
  const tooMany = [
    { most: INVALIDATED_WILDCARDS, counts: isWildcard },
    { most: INVALIDATED_FILES, counts: (path: string) => !isWildcard(path) },
  ].some(({ most, counts }) => paths.some(counts) && [...inProgress, ...paths].filter(counts).length > most);
  if (!tooMany) return;
  throw new AwsError(
    'TooManyInvalidationsInProgress',
    'You have exceeded the maximum number of allowable InProgress invalidation batch requests, or invalidation objects.',
  );
}
