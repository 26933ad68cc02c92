import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError } from '../../wire/service.ts';
import type { TagSet } from './tags/tag-set.ts';

/** What a filter's values are compared with; several where any of them may match. */
export type Field<T> = (item: T) => string | number | boolean | undefined | (string | undefined)[];

interface Filterable<T> {
  /** By filter name: "vpc-id", "instance-state-name". */
  fields: Record<string, Field<T>>;
  /** The item's tags, for "tag:Key", "tag-key" and "tag-value". */
  tags?: (item: T) => TagSet;
}

/** Source: EC2 User Guide, "List and filter your resources", and pull request 35 of gjbae1212/gossm; checked 2026-12-01. */
const MOST_VALUES = 200;

/** The items that match every filter. `*` and `?` are wildcards, `\` takes their meaning away. */
export function filtered<T>(items: Iterable<T>, filters: Filter[] | undefined, filterable: Filterable<T>): T[] {
  const values = (filters ?? []).reduce((sum, { Values = [] }) => sum + Values.length, 0);
  if (values > MOST_VALUES) {
    const message = `The maximum number of filter values specified on a single call is ${MOST_VALUES}`;
    throw new AwsError('FilterLimitExceeded', message);
  }
  const tests = (filters ?? []).map((filter) => testOf(filter, filterable));
  return [...items].filter((item) => tests.every((test) => test(item)));
}

function testOf<T>({ Name = '', Values = [] }: Filter, { fields, tags }: Filterable<T>): (item: T) => boolean {
  const patterns = Values.map(patternOf);
  const matches = (value: unknown) => value !== undefined && patterns.some((pattern) => pattern.test(String(value)));
  const field = fields[Name];
  if (field) return (item) => [field(item)].flat().some(matches);
  if (tags && Name.startsWith('tag:')) return (item) => matches(tags(item).get(Name.slice('tag:'.length)));
  if (tags && Name === 'tag-key') return (item) => [...tags(item).keys()].some(matches);
  if (tags && Name === 'tag-value') return (item) => [...tags(item).values()].some(matches);
  throw new AwsError('InvalidParameterValue', `The filter '${Name}' is invalid`);
}

function patternOf(value: string): RegExp {
  const source = value.replace(/\\[*?\\]|[\s\S]/g, (piece) => {
    if (piece === '*') return '[\\s\\S]*';
    if (piece === '?') return '[\\s\\S]';
    return piece.slice(-1).replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
