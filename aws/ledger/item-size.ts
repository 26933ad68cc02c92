import { Failure } from '../../domain/errors.ts';

/**
 * Most that an item of the ledger holds, as JSON in bytes. DynamoDB takes 400 KiB and counts names and numbers in its own
 * way, a little less than JSON. Source: Amazon DynamoDB Developer Guide, "Quotas", checked 2026-11-29.
 */
const MAX_BYTES = 400 * 1024;

/** Whether an item fits into the ledger. */
export function fits(item: object): boolean {
  return Buffer.byteLength(JSON.stringify(item)) <= MAX_BYTES;
}

/**
 * Refuses an item that DynamoDB would, with a sentence that says what is too much. Written before anything is done in the
 * world, so nothing is lost by it.
 *
 * @throws {Failure} "Refused"
 */
export function checkSize(item: object, what: string): void {
  if (fits(item)) return;
  const cannot = `Cannot remember ${what}: the ledger holds ${MAX_BYTES / 1024} KiB of it`;
  throw new Failure('Refused', `${cannot}. Declare fewer names in one site, or adopt less`);
}
