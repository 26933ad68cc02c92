import { AwsError } from '../../wire/service.ts';

/** Source: SNS API Reference, "ListTopics"; checked 2026-11-22. */
const PER_PAGE = 100;

/** A page of a list; the token says at which item it goes on. */
export function page<T>(all: T[], token: string | undefined): { items: T[]; NextToken?: string } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidParameter', 'Invalid parameter: NextToken');
  const end = start + PER_PAGE;
  const items = all.slice(start, end);
  return end < all.length ? { items, NextToken: Buffer.from(String(end)).toString('base64url') } : { items };
}
