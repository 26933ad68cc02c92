import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import { type KindName, resourceTypeOf } from '../ids.ts';

export type TagSet = ReadonlyMap<string, string>;

// Source: EC2 User Guide, "Tag your Amazon EC2 resources", tag restrictions; checked 2026-11-22.
const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

const none: TagSet = new Map();

/** The tags of everything in a region, by resource id. */
export class Tags {
  readonly #sets = new Map<string, Map<string, string>>();

  of(id: string): TagSet {
    return this.#sets.get(id) ?? none;
  }

  entries(): [id: string, tags: TagSet][] {
    return [...this.#sets];
  }

  put(id: string, tags: TagSet): void {
    const set = new Map([...this.of(id), ...tags]);
    if (set.size > MOST_TAGS) {
      throw new AwsError('TagLimitExceeded', `The maximum number of Tags for a resource has been reached.`);
    }
    if (set.size > 0) this.#sets.set(id, set);
  }

  /** Deletes the keys named; a key with a value only when the value is the same. No key: all of them. */
  remove(id: string, tags: Tag[] | undefined): void {
    const set = this.#sets.get(id);
    if (!set) return;
    if (!tags) set.clear();
    for (const { Key = '', Value } of tags ?? []) {
      if (Value === undefined || set.get(Key) === Value) set.delete(Key);
    }
    if (set.size === 0) this.#sets.delete(id);
  }

  forget(id: string): void {
    this.#sets.delete(id);
  }

  /** As Describe operations show them. */
  shown(id: string): Tag[] {
    return [...this.of(id)].map(([Key, Value]) => ({ Key, Value }));
  }
}

/** The tags that a request wants, checked as EC2 checks them. */
export function readTags(tags: Tag[] | undefined): TagSet {
  const set = new Map<string, string>();
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (Key === '') throw invalid('Tag key cannot be empty.');
    if (/^aws:/i.test(Key)) throw invalid(`Tag keys starting with 'aws:' are reserved for internal use`);
    if (Key.length > LONGEST_KEY) throw invalid(`Tag key exceeds the maximum length of ${LONGEST_KEY} characters.`);
    if (Value.length > LONGEST_VALUE)
      throw invalid(`Tag value exceeds the maximum length of ${LONGEST_VALUE} characters.`);
    if (set.has(Key)) throw invalid(`Duplicate tag key '${Key}' specified.`);
    set.set(Key, Value);
  }
  if (set.size > MOST_TAGS) {
    throw new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  }
  return set;
}

/** The tags of a new thing of that kind. Throws when the specifications name a type that the operation doesn't make. */
export function tagsOnCreate(
  specifications: TagSpecification[] | undefined,
  kind: KindName,
  { alsoMade = [] }: { alsoMade?: KindName[] } = {},
): TagSet {
  const made = [kind, ...alsoMade].map(resourceTypeOf);
  for (const { ResourceType = '' } of specifications ?? []) {
    if (made.includes(ResourceType)) continue;
    throw invalid(`'${ResourceType}' is not a valid taggable resource type for this operation.`);
  }
  return readTags(
    specifications
      ?.filter(({ ResourceType }) => ResourceType === resourceTypeOf(kind))
      .flatMap(({ Tags }) => Tags ?? []),
  );
}

const invalid = (message: string) => new AwsError('InvalidParameterValue', message);
