import { AwsError } from '../../wire/service.ts';

/** One page of a list, and the token of the next one. The token is the position, as a string that nobody should read. */
export function page<T>(
  all: T[],
  { token, limit }: { token: string | undefined; limit: number },
): {
  items: T[];
  nextToken?: string;
} {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const end = start + limit;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextToken: Buffer.from(String(end)).toString('base64url') }),
  };
}
