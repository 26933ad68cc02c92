import { AwsError } from '../../wire/service.ts';

/** One page of a list, and the token of the next. Throws InvalidNextToken. */
export function page<Item>(
  all: readonly Item[],
  { NextToken, size }: { NextToken: string | undefined; size: number },
): { items: Item[]; NextToken?: string } {
  const start = Number(NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidNextToken', 'The next token is not valid.');
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) };
}
