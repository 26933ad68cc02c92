import type { Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager';
import type { Keys, Operation } from '../../wire/service.ts';
import { invalidParameter } from './errors.ts';
import { onSecret, tagConditions } from './on-secret.ts';
import { TAGS_PER_SECRET } from './quotas.ts';
import type { SecretStore } from './store.ts';

export function readTags(
  tags: Tag[] | undefined,
  present: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const all = new Map(present);
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (Key.toLowerCase().startsWith('aws:')) throw invalidParameter('Tag keys with the prefix "aws:" are reserved.');
    all.set(Key, Value);
  }
  if (all.size > TAGS_PER_SECRET) throw invalidParameter(`A secret can have ${TAGS_PER_SECRET} tags at most.`);
  return all;
}

export const tagResource = (store: SecretStore): Operation<TagResourceRequest, object> => ({
  ...onSecret<TagResourceRequest>(store, ({ Tags }) => tagConditions(Tags)),
  run({ SecretId, Tags }, call) {
    const secret = store.get(SecretId, call);
    secret.tags = readTags(Tags, secret.tags);
    return {};
  },
});

export const untagResource = (store: SecretStore): Operation<UntagResourceRequest, object> => ({
  ...onSecret<UntagResourceRequest>(store, ({ TagKeys = [] }): Keys => ({ 'aws:TagKeys': TagKeys })),
  run({ SecretId, TagKeys = [] }, call) {
    const { tags } = store.get(SecretId, call);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
});
