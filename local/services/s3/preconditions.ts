import type { StoredObject } from './bucket.ts';
import { noSuchKey, notHere, preconditionFailed } from './errors.ts';

interface ReadConditions {
  IfMatch?: string | undefined;
  IfNoneMatch?: string | undefined;
  IfModifiedSince?: Date | undefined;
  IfUnmodifiedSince?: Date | undefined;
}

/** Whether an object that the caller has already is to be told "304 Not Modified". Throws PreconditionFailed. */
export function isUnmodified({ etag, lastModified }: StoredObject, conditions: ReadConditions): boolean {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const second = lastModified.getTime();
  if (IfMatch !== undefined && !matches(IfMatch, etag)) throw preconditionFailed('If-Match');
  if (IfMatch === undefined && IfUnmodifiedSince && second > IfUnmodifiedSince.getTime()) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) return matches(IfNoneMatch, etag);
  return IfModifiedSince !== undefined && second <= IfModifiedSince.getTime();
}

/** Throws unless an object may be written over what is there: `If-None-Match: *` over nothing, `If-Match` over that very one. */
export function checkWrite(
  existing: StoredObject | undefined,
  { Key = '', IfMatch, IfNoneMatch }: ReadConditions & { Key?: string | undefined },
): void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw notHere('If-None-Match with an ETag when writing');
  if (IfNoneMatch === '*' && existing) throw preconditionFailed('If-None-Match');
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(Key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}

const matches = (given: string, etag: string): boolean =>
  given.split(',').some((one) => ['*', etag, etag.replaceAll('"', '')].includes(one.trim().replace(/^W\//, '')));
