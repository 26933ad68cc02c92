import { violation } from './violation.ts';

// Source: AWS's own models of its services, botocore "events" 2015-10-07 and "scheduler" 2021-06-30, TagKey and TagValue; checked 2026-11-30.
const KEY = { min: 1, max: 128 };
const MAX_VALUE = 256;

/** Throws ValidationException for a tag whose key or value is too short or too long. `minValue`: 0 where a value may be empty. */
export function checkTagLengths(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[],
  { minValue }: { minValue: 0 | 1 },
): void {
  tags.forEach(({ Key = '', Value = '' }, at) => {
    within(Key, { member: `tags.${at + 1}.member.key`, ...KEY });
    within(Value, { member: `tags.${at + 1}.member.value`, min: minValue, max: MAX_VALUE });
  });
}

function within(text: string, { member, min, max }: { member: string; min: number; max: number }): void {
  if (text.length >= min && text.length <= max) return;
  const bound = text.length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw violation(text, { member, constraint: `Member must have length ${bound}`, code: 'ValidationException' });
}
