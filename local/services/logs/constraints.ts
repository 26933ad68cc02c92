import { AwsError } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';

// Lengths and patterns: CloudWatch Logs API Reference, by operation; checked 2026-11-30.

const GROUP = /^[.\-_/#A-Za-z0-9]+$/;
const STREAM = /^[^:*]+$/;
const MAX_NAME = 512;
const code = 'InvalidParameterException';

/** Throws InvalidParameterException for a name that no log group can have. */
export function checkGroupName(name: string): void {
  checkLength('logGroupName', name);
  const constraint = 'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+';
  if (!GROUP.test(name)) throw violation(name, { member: 'logGroupName', constraint, code });
  if (/^aws\//i.test(name)) throw new AwsError(code, 'Log groups starting with AWS/ are reserved for AWS.');
}

/** Throws InvalidParameterException for a name that no log stream can have. */
export function checkStreamName(name: string): void {
  checkLength('logStreamName', name);
  const constraint = 'Member must satisfy regular expression pattern: [^:*]*';
  if (!STREAM.test(name)) throw violation(name, { member: 'logStreamName', constraint, code });
}

function checkLength(member: string, name: string): void {
  if (name.length >= 1 && name.length <= MAX_NAME) return;
  const bound = name === '' ? 'greater than or equal to 1' : `less than or equal to ${MAX_NAME}`;
  throw violation(name, { member, constraint: `Member must have length ${bound}`, code });
}

/** Throws InvalidParameterException for a page of less than 1 or more than the most. */
export function checkLimit(limit: number, most: number): void {
  if (limit >= 1 && limit <= most) return;
  const bound = limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`;
  throw violation(limit, { member: 'limit', constraint: `Member must have value ${bound}`, code });
}
