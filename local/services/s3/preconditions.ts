import type { StoredObject } from './bucket.ts';
import { impliesMore, noSuchKey, preconditionFailed } from './errors.ts';

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

/** Throws unless an object may be deleted: `If-Match` is for that very one, "*" for any. */
export function checkDeletion(
  existing: StoredObject | undefined,
  { Key = '', IfMatch }: { Key?: string | undefined } & ReadConditions,
): void {
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(Key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}

/** Throws PreconditionFailed unless the source of a copy is as the request expects it; a date in the future is no condition. */
export function checkSource(
  { etag, lastModified }: StoredObject,
  { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: ReadConditions,
  now: Date,
): void {
  const at = lastModified.getTime();
  const refuse = (name: string): never => {
    throw preconditionFailed(`x-amz-copy-source-${name}`);
  };
  if (IfMatch !== undefined && !matches(IfMatch, etag)) refuse('If-Match');
  if (IfMatch === undefined && IfUnmodifiedSince && at > IfUnmodifiedSince.getTime()) refuse('If-Unmodified-Since');
  if (IfNoneMatch !== undefined && matches(IfNoneMatch, etag)) refuse('If-None-Match');
  if (IfModifiedSince && IfModifiedSince <= now && at <= IfModifiedSince.getTime()) refuse('If-Modified-Since');
}

/** Throws unless an object may be written over what is there: `If-None-Match: *` over nothing, `If-Match` over that very one. */
export function checkWrite(
  existing: StoredObject | undefined,
  { Key = '', IfMatch, IfNoneMatch }: ReadConditions & { Key?: string | undefined },
): void {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw impliesMore('If-Match,If-None-Match', 'Multiple conditional request headers present in the request');
  }
  for (const [header, isRefused] of [
    ['If-None-Match', IfNoneMatch !== undefined && IfNoneMatch !== '*'],
    ['If-Match', IfMatch === '*'],
  ] as const) {
    if (isRefused) throw impliesMore(header, `We don't accept the provided value of ${header} header for this API`);
  }
  if (IfNoneMatch === '*' && existing) throw preconditionFailed('If-None-Match');
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(Key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}

const matches = (given: string, etag: string): boolean =>
  given.split(',').some((one) => ['*', etag, etag.replaceAll('"', '')].includes(one.trim().replace(/^W\//, '')));
