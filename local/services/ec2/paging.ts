import { AwsError } from '../../wire/service.ts';

/** How a Describe operation pages. EC2 knows 5 to 1000 at once for most of them. */
interface PageOptions {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
  /** Ids given in the request: AWS doesn't page a list by id. */
  ids?: string[] | undefined;
  /** The id list's name on the wire, as AWS's message has it: "instancesSet". */
  idsName?: string;
  /** The most that a page may have. */
  most?: number;
}

// Source: EC2 API reference, MaxResults of DescribeInstances and others; the words: pull request 2575 of aws/aws-sdk-ruby and what
// others have noted of DescribeRouteTables; checked 2026-12-01.
const LEAST = 5;
const MOST = 1000;

/** One page of `items` and the token of the next. Without MaxResults everything that is left. */
export function page<T>(
  items: T[],
  { MaxResults, NextToken, ids, idsName = 'resourceIds', most = MOST }: PageOptions,
): { items: T[]; NextToken?: string } {
  if (MaxResults !== undefined && ids && ids.length > 0) {
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameter ${idsName} cannot be used with the parameter maxResults`,
    );
  }
  if (MaxResults !== undefined && (MaxResults < LEAST || MaxResults > most)) {
    const bound = MaxResults < LEAST ? `greater than ${LEAST}` : `smaller than or equal to ${most}`;
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${bound}.`,
    );
  }
  const from = NextToken === undefined ? 0 : offsetOf(NextToken);
  const to = MaxResults === undefined ? items.length : from + MaxResults;
  return { items: items.slice(from, to), ...(to < items.length && { NextToken: tokenOf(to) }) };
}

const tokenOf = (offset: number): string => Buffer.from(`from ${offset}`).toString('base64url');

function offsetOf(token: string): number {
  const offset = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (!offset) throw new AwsError('InvalidNextToken', `The token '${token}' is invalid`);
  return Number(offset);
}
