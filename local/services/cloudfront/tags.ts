import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Call, type Judged, type Keys, type Operation } from '../../wire/service.ts';
import type { CloudFront } from './cloudfront.ts';
import { invalidArgument } from './errors.ts';
import { distributionJudged, functionJudged } from './permissions.ts';
import { TAGS_PER_DISTRIBUTION } from './quotas.ts';

type Empty = Record<string, never>;

export function tagResource(cloudFront: CloudFront): Operation<TagResourceRequest, Empty> {
  return {
    resources: ({ Resource }, call) => [judgedByArn(cloudFront, call, Resource)],
    conditions: ({ Tags }) => requestTags(Tags?.Items ?? []),
    run({ Resource, Tags }) {
      const tags = taggable(cloudFront, Resource);
      const given = Tags?.Items ?? [];
      checkTags(given, [...tags.keys()]);
      for (const { Key = '', Value = '' } of given) tags.set(Key, Value);
      return {};
    },
  };
}

export function untagResource(cloudFront: CloudFront): Operation<UntagResourceRequest, Empty> {
  return {
    resources: ({ Resource }, call) => [judgedByArn(cloudFront, call, Resource)],
    conditions: ({ TagKeys }): Keys => ({ 'aws:TagKeys': TagKeys?.Items ?? [] }),
    run({ Resource, TagKeys }) {
      const tags = taggable(cloudFront, Resource);
      for (const key of TagKeys?.Items ?? []) tags.delete(key);
      return {};
    },
  };
}

export function listTagsForResource(
  cloudFront: CloudFront,
): Operation<ListTagsForResourceRequest, ListTagsForResourceResult> {
  return {
    resources: ({ Resource }, call) => [judgedByArn(cloudFront, call, Resource)],
    run({ Resource }) {
      const tags = taggable(cloudFront, Resource);
      return { Tags: { Items: [...tags].map(([Key, Value]) => ({ Key, Value })) } };
    },
  };
}

/** Throws InvalidTagging for tags that no resource can have, or for too many together with those it has. */
export function checkTags(tags: readonly Tag[], existing: readonly string[] = []): void {
  const keys = tags.map(({ Key = '' }) => Key);
  const bad = tags.find(
    ({ Key = '', Value = '' }) => !/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key) || Value.length > 256,
  );
  if (bad || new Set(keys).size < keys.length || new Set([...existing, ...keys]).size > TAGS_PER_DISTRIBUTION) {
    throw new AwsError('InvalidTagging', 'The tagging specified is not valid.');
  }
}

/** `aws:RequestTag/…` and `aws:TagKeys`. */
export function requestTags(tags: readonly Tag[]): Keys {
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}

const nameIn = (arn: string | undefined, type: 'distribution' | 'function'): string | undefined =>
  new RegExp(`^arn:aws:cloudfront::\\d{12}:${type}/([\\w-]+)$`).exec(arn ?? '')?.[1];

function judgedByArn(cloudFront: CloudFront, call: Call, arn: string | undefined): Judged {
  const name = nameIn(arn, 'function');
  return name === undefined
    ? distributionJudged(cloudFront, call, nameIn(arn, 'distribution'))
    : functionJudged(cloudFront, call, name);
}

/** The tags of a distribution or a function. */
function taggable({ distributions, functions }: CloudFront, arn: string | undefined): Map<string, string> {
  const [id, name] = [nameIn(arn, 'distribution'), nameIn(arn, 'function')];
  if (id === undefined && name === undefined) throw invalidArgument('The parameter Resource is not a valid ARN.');
  const found = id === undefined ? functions.get(name ?? '') : distributions.get(id);
  if (!found || found.arn !== arn) throw new AwsError('NoSuchResource', 'The specified resource does not exist.');
  return found.tags;
}
