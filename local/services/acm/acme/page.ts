import { AwsError } from '../../../wire/service.ts';
import { violation } from '../../../wire/violation.ts';

// Source: ACM API Reference, "ListAcmeEndpoints"; checked 2026-11-29.
const MAX_RESULTS = 100;

/** One page of a list; a token names the first item of the next page. */
export function pageOf<Item>(
  items: Item[],
  { MaxResults = MAX_RESULTS, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  idOf: (item: Item) => string,
): { items: Item[]; NextToken?: string } {
  const constraint =
    MaxResults < 1
      ? 'Member must have value greater than or equal to 1'
      : MaxResults > MAX_RESULTS && `Member must have value less than or equal to ${MAX_RESULTS}`;
  if (constraint) throw violation(MaxResults, { member: 'maxResults', constraint, code: 'ValidationException' });
  const from = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString();
  const start = from === undefined ? 0 : items.findIndex((item) => idOf(item) === from);
  if (start < 0) throw new AwsError('ValidationException', 'The NextToken is not valid.');
  const next = items[start + MaxResults];
  return {
    items: items.slice(start, start + MaxResults),
    ...(next === undefined ? {} : { NextToken: Buffer.from(idOf(next)).toString('base64url') }),
  };
}
