import { AwsError } from '../../../wire/service.ts';

/** Source: Step Functions API reference, ListExecutions, GetExecutionHistory; checked 2026-11-22. */
const DEFAULT_RESULTS = 100;

interface Asked {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
}

/** One page of a list. A token names the last item that was shown, so that what is added meanwhile moves nothing. */
export function page<T>(items: T[], keyOf: (item: T) => string, asked: Asked): { items: T[]; nextToken?: string } {
  const { maxResults = 0, nextToken } = asked;
  const from = nextToken === undefined ? 0 : after(items.map(keyOf), nextToken);
  const shown = items.slice(from, from + (maxResults === 0 ? DEFAULT_RESULTS : maxResults));
  const last = shown.at(-1);
  if (last === undefined || from + shown.length >= items.length) return { items: shown };
  return { items: shown, nextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function after(keys: string[], token: string): number {
  const index = keys.indexOf(Buffer.from(token, 'base64url').toString());
  if (index < 0) throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  return index + 1;
}
