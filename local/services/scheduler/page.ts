import { invalid } from './errors.ts';

const MOST = 100;

/** A page of a list, 100 items at most. */
export function page<Item>(
  all: Item[],
  { MaxResults = MOST, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: Item[]; NextToken?: string } {
  if (MaxResults < 1 || MaxResults > MOST) throw invalid(`MaxResults must be between 1 and ${MOST}.`);
  const start = Number(NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalid('Invalid NextToken.');
  const end = start + MaxResults;
  return { items: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) };
}
