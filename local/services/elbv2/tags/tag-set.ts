import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../../wire/service.ts';
import { invalid } from '../errors.ts';

export type TagSet = ReadonlyMap<string, string>;

// Source: ELB API reference, Tag; Application Load Balancers User Guide, "Tags"; checked 2026-11-22.
const MOST_TAGS = 50;

/** The tags of everything in a region, by ARN. */
export class Tags {
  readonly #sets = new Map<string, Map<string, string>>();

  of(arn: string): TagSet {
    return this.#sets.get(arn) ?? new Map();
  }

  put(arn: string, tags: TagSet): void {
    const set = new Map([...this.of(arn), ...tags]);
    if (set.size > MOST_TAGS) {
      throw new AwsError(
        'TooManyTags',
        `The maximum number of tags (${MOST_TAGS}) has been reached on resource '${arn}'`,
      );
    }
    this.#sets.set(arn, set);
  }

  remove(arn: string, keys: string[]): void {
    for (const key of keys) this.#sets.get(arn)?.delete(key);
  }

  forget(arn: string): void {
    this.#sets.delete(arn);
  }
}

/** The tags of a request, checked as ELB checks them. */
export function readTags(tags: Tag[] | undefined): TagSet {
  const set = new Map<string, string>();
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (Key.startsWith('aws:')) throw invalid(`Tag keys can't start with 'aws:'. Invalid tag key: '${Key}'`);
    if (set.has(Key)) throw new AwsError('DuplicateTagKeys', `Tag key '${Key}' was specified more than once`);
    set.set(Key, Value);
  }
  if (set.size > MOST_TAGS) throw new AwsError('TooManyTags', `You can specify at most ${MOST_TAGS} tags`);
  return set;
}
