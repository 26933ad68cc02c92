import { createHash } from 'node:crypto';
import type { OperationName } from './life/operations.ts';

/** Source: StartExecution, `name`, checked 2026-11-22. */
const MAX_CHARACTERS = 80;

/**
 * The name of a workflow's execution, from the site, its revision and the operation: the same request again is the same
 * execution. Dots become underscores, which no domain has, because CloudWatch Logs takes no dots there.
 */
export function executionName(domain: string, revision: number, operation: OperationName): string {
  const end = `-r${revision}-${operation}`;
  const name = domain.replaceAll('.', '_');
  if (name.length + end.length <= MAX_CHARACTERS) return name + end;
  const hash = createHash('sha256').update(domain).digest('hex').slice(0, 16);
  return `${name.slice(0, MAX_CHARACTERS - end.length - hash.length - 1)}-${hash}${end}`;
}
