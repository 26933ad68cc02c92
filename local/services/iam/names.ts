import type { Tag } from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html; checked 2026-11-22. */
const NAME_PATTERN = '[\\w+=,.@-]+';

const code = 'ValidationError';

/** Refuses a name that IAM would refuse. `member` is the input's: "roleName". */
export function checkName(name: string, { member, maxLength }: { member: string; maxLength: number }): void {
  if (!new RegExp(`^${NAME_PATTERN}$`).test(name)) {
    throw violation(name, {
      member,
      code,
      constraint: `Member must satisfy regular expression pattern: ${NAME_PATTERN}`,
    });
  }
  if (name.length > maxLength) {
    throw violation(name, { member, code, constraint: `Member must have length less than or equal to ${maxLength}` });
  }
}

/** Refuses a path that doesn't begin and end with a slash. */
export function checkPath(path: string): void {
  if (/^\/$|^\/[!-~]+\/$/.test(path)) return;
  throw violation(path, {
    member: 'path',
    code,
    constraint: 'Member must begin and end with / and contain only ASCII',
  });
}

/** Throws InvalidInput for a key that is said twice. */
export function checkTagKeys(tags: readonly Tag[] = []): void {
  const keys = tags.map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size === keys.length) return;
  throw new AwsError('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
}
