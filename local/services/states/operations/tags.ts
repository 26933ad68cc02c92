import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-sfn';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { StateMachine } from '../machines/registry.ts';
import type { World } from './world.ts';

/** Source: Step Functions guide, "Quotas"; checked 2026-11-22. */
const MAX_TAGS = 50;

export const tagsOf = (tags: Tag[] = []): Map<string, string> =>
  new Map(tags.map(({ key = '', value = '' }) => [key, value]));

/** Throws TooManyTags or ValidationException. */
export function checkTags(tags: Tag[] = [], known: ReadonlyMap<string, string> = new Map()): void {
  const reserved = tags.find(({ key }) => key?.toLowerCase().startsWith('aws:'));
  if (reserved) throw new AwsError('ValidationException', `Invalid tag key: '${reserved.key}'`);
  if (new Map([...known, ...tagsOf(tags)]).size > MAX_TAGS) {
    throw new AwsError('TooManyTags', `The number of tags exceeds the limit of ${MAX_TAGS}`);
  }
}

export const tagResource = ({ registry }: World): Operation<TagResourceInput, object> => ({
  resources: ({ resourceArn = '*' }) => [resourceArn],
  run({ resourceArn, tags }) {
    const machine = tagged({ registry }, resourceArn);
    checkTags(tags, machine.tags);
    for (const [key, value] of tagsOf(tags)) machine.tags.set(key, value);
    return {};
  },
});

export const untagResource = ({ registry }: World): Operation<UntagResourceInput, object> => ({
  resources: ({ resourceArn = '*' }) => [resourceArn],
  run({ resourceArn, tagKeys = [] }) {
    const { tags } = tagged({ registry }, resourceArn);
    for (const key of tagKeys) tags.delete(key);
    return {};
  },
});

export const listTagsForResource = ({
  registry,
}: World): Operation<ListTagsForResourceInput, ListTagsForResourceOutput> => ({
  resources: ({ resourceArn = '*' }) => [resourceArn],
  run({ resourceArn }) {
    return { tags: [...tagged({ registry }, resourceArn).tags].map(([key, value]) => ({ key, value })) };
  },
});

function tagged({ registry }: Pick<World, 'registry'>, arn = ''): StateMachine {
  const machine = registry.findMachine(arn);
  if (!machine) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  return machine;
}
