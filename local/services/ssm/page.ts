import { AwsError } from '../../wire/service.ts';

/** One page of a list, and the token of the next. Throws InvalidNextToken. */
export function pageOf<Item>(
  all: readonly Item[],
  { NextToken, size }: { NextToken: string | undefined; size: number },
): { items: Item[]; NextToken?: string } {
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
  };
}
