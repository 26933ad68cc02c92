import { AwsError } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';

/** Source: EventBridge API Reference, "ListRules"; checked 2026-11-22. */
const MOST = 100;

/** A page of a list. The token says at which item it goes on. */
export function page<T>(
  all: T[],
  { Limit = MOST, NextToken }: { Limit?: number | undefined; NextToken?: string | undefined },
): { items: T[]; NextToken?: string } {
  if (Limit < 1 || Limit > MOST) {
    const bound = Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${MOST}`;
    throw violation(Limit, {
      member: 'limit',
      constraint: `Member must have value ${bound}`,
      code: 'ValidationException',
    });
  }
  const start = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw new AwsError('ValidationException', 'NextToken is not valid.');
  const end = start + Limit;
  const items = all.slice(start, end);
  return end < all.length ? { items, NextToken: Buffer.from(String(end)).toString('base64url') } : { items };
}
