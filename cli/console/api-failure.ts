import { Ending, EXIT } from '../exit-codes.ts';
import type { Refused } from './access.ts';

/** How an end of the command is told to the page: credentials that cannot be used, a permission that is missing. */
const STATUS: Record<number, number> = { [EXIT.usage]: 401, [EXIT.refused]: 403 };

/** What the page is told when no answer of the API could be had: what is wrong, and what to do on this machine. */
export function apiFailure(url: string, error: unknown): Refused {
  if (error instanceof Ending) return { status: STATUS[error.exitCode] ?? 502, detail: error.message };
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError')
    return {
      status: 504,
      detail: `Cannot wait longer for the API at ${url}: see whether it runs there, and whether a change has begun before it is asked for again`,
    };
  const why = cause?.message || cause?.code || message;
  return { status: 502, detail: `Cannot reach the API at ${url} (${why}): see whether it runs there` };
}
