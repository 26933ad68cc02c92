import type {
  ListRoleTagsCommandInput,
  ListRoleTagsCommandOutput,
  TagRoleCommandInput,
  UntagRoleCommandInput,
} from '@aws-sdk/client-iam';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { pageOf, roleNamed } from './lookup.ts';
import { checkTagKeys } from './names.ts';
import { arnOfNamed, tagged } from './roles.ts';
import type { IamStore } from './store.ts';

/** Source: IAM User Guide, "IAM and AWS STS quotas"; checked 2026-11-30. */
const MAX_TAGS = 50;

/** TagRole, UntagRole and ListRoleTags. */
export function roleTagOperations(host: Host, store: IamStore): Record<string, Operation> {
  const resources = ({ RoleName }: { RoleName: string | undefined }) => [arnOfNamed(host, store, RoleName)];

  const TagRole: Operation<TagRoleCommandInput> = {
    resources,
    conditions: ({ Tags }) => tagged(Tags),
    run({ RoleName = '', Tags = [] }) {
      const role = roleNamed(store, RoleName);
      checkTagKeys(Tags);
      // Keys are compared without case; a tag that is set anew is written as it is now.
      const keys = new Set(Tags.map(({ Key = '' }) => Key.toLowerCase()));
      const kept = [...role.tags].filter(([key]) => !keys.has(key.toLowerCase()));
      if (kept.length + keys.size > MAX_TAGS) {
        throw new AwsError('LimitExceeded', `The number of tags has reached the maximum limit: ${MAX_TAGS}`);
      }
      role.tags = new Map([...kept, ...Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
    },
  };
  const UntagRole: Operation<UntagRoleCommandInput> = {
    resources,
    conditions: ({ TagKeys = [] }) => ({ 'aws:TagKeys': TagKeys }),
    run({ RoleName = '', TagKeys = [] }) {
      const keys = TagKeys.map((key) => key.toLowerCase());
      const role = roleNamed(store, RoleName);
      role.tags = new Map([...role.tags].filter(([key]) => !keys.includes(key.toLowerCase())));
    },
  };
  const ListRoleTags: Operation<ListRoleTagsCommandInput, Omit<ListRoleTagsCommandOutput, '$metadata'>> = {
    resources,
    run({ RoleName = '', ...page }) {
      const { items, ...rest } = pageOf([...roleNamed(store, RoleName).tags], page);
      return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
    },
  };
  return { TagRole, UntagRole, ListRoleTags };
}
