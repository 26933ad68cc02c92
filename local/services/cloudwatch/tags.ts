import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Alarms } from './alarms/alarms.ts';
import { invalidValue } from './errors.ts';
import type { MuteRules } from './mute-rules/mute-rules.ts';

/** Source: CloudWatch API Reference, "TagResource"; checked 2026-11-30. */
const MAX_TAGS = 50;

interface Tagged {
  alarms: Alarms;
  mutes: MuteRules;
}

/** The tags of an alarm or a mute rule. Throws ResourceNotFoundException for any other ARN. */
function tagsOf({ alarms, mutes }: Tagged, arn: string, region: string): Map<string, string> {
  const found = [...alarms.of(region), ...mutes.in(region)].find((one) => one.arn === arn);
  if (!found) throw new AwsError('ResourceNotFoundException', `Resource ${arn} does not exist.`, { status: 404 });
  return found.tags;
}

export const tagResource = (tagged: Tagged): Operation<TagResourceInput, object> => ({
  resources: ({ ResourceARN = '' }) => [ResourceARN],
  conditions: ({ Tags = [] }) => ({
    ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, [Value ?? '']])),
    'aws:TagKeys': Tags.map(({ Key = '' }) => Key),
  }),
  run({ ResourceARN = '', Tags = [] }, { region }) {
    const tags = tagsOf(tagged, ResourceARN, region);
    const all = new Map([...tags, ...Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
    if (all.size > MAX_TAGS) throw invalidValue(`A resource can have ${MAX_TAGS} tags at most.`);
    for (const [key, value] of all) tags.set(key, value);
    return {};
  },
});

export const untagResource = (tagged: Tagged): Operation<UntagResourceInput, object> => ({
  resources: ({ ResourceARN = '' }) => [ResourceARN],
  conditions: ({ TagKeys = [] }) => ({ 'aws:TagKeys': TagKeys }),
  run({ ResourceARN = '', TagKeys = [] }, { region }) {
    const tags = tagsOf(tagged, ResourceARN, region);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
});

export const listTagsForResource = (
  tagged: Tagged,
): Operation<ListTagsForResourceInput, ListTagsForResourceOutput> => ({
  resources: ({ ResourceARN = '' }) => [ResourceARN],
  run: ({ ResourceARN = '' }, { region }) => ({
    Tags: [...tagsOf(tagged, ResourceARN, region)].map(([Key, Value]) => ({ Key, Value })),
  }),
});
