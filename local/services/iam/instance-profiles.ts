import type {
  AddRoleToInstanceProfileCommandInput,
  CreateInstanceProfileCommandInput,
  CreateInstanceProfileCommandOutput,
  DeleteInstanceProfileCommandInput,
  GetInstanceProfileCommandInput,
  GetInstanceProfileCommandOutput,
  InstanceProfile as InstanceProfileDescription,
  ListInstanceProfilesCommandInput,
  ListInstanceProfilesCommandOutput,
  ListInstanceProfilesForRoleCommandInput,
  ListInstanceProfilesForRoleCommandOutput,
  RemoveRoleFromInstanceProfileCommandInput,
} from '@aws-sdk/client-iam';
import type { Host } from '../../host.ts';
import { passingRole } from '../../wire/passing-role.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { pageOf, roleNamed } from './lookup.ts';
import { checkName, checkPath } from './names.ts';
import { arnOfNamed, described, tagged } from './roles.ts';
import type { IamStore, InstanceProfile } from './store.ts';

type Answer<Output> = Omit<Output, '$metadata'>;
interface Named {
  InstanceProfileName: string | undefined;
}

// Source: IAM User Guide, "IAM and AWS STS quotas"; checked 2026-11-30.
const MAX_NAME_LENGTH = 128;
const MAX_PROFILES = 1_000;
const ROLES_PER_PROFILE = 1;

/** What hands a role to an instance: the operations on instance profiles. */
export function instanceProfileOperations(host: Host, store: IamStore): Record<string, Operation> {
  const arnOf = (pathAndName: string) => `arn:aws:iam::${host.account}:instance-profile${pathAndName}`;
  const resources = ({ InstanceProfileName: name = '' }: Named) => [
    store.profiles.get(name.toLowerCase())?.arn ?? arnOf(`/${name}`),
  ];
  const profileNamed = (name = ''): InstanceProfile => {
    const found = store.profiles.get(name.toLowerCase());
    if (!found) throw new AwsError('NoSuchEntity', `Instance Profile ${name} cannot be found.`);
    return found;
  };
  const shown = ({ name, arn, id, path, createdAt, role, tags }: InstanceProfile): InstanceProfileDescription => ({
    InstanceProfileName: name,
    InstanceProfileId: id,
    Arn: arn,
    Path: path,
    CreateDate: createdAt,
    Roles: role === undefined ? [] : [described(roleNamed(store, role))],
    ...(tags.size > 0 && { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }),
  });
  // Source: IAM API Reference, "ListInstanceProfiles": it returns no tags; checked 2026-11-30.
  const list = (found: InstanceProfile[], page: ListInstanceProfilesCommandInput) => {
    const sorted = found.sort((a, b) => a.name.localeCompare(b.name));
    const { items, ...rest } = pageOf(sorted, page);
    return { InstanceProfiles: items.map((profile) => ({ ...shown(profile), Tags: undefined })), ...rest };
  };

  const CreateInstanceProfile: Operation<
    CreateInstanceProfileCommandInput,
    Answer<CreateInstanceProfileCommandOutput>
  > = {
    resources: ({ InstanceProfileName, Path = '/' }) => [arnOf(`${Path}${InstanceProfileName}`)],
    conditions: ({ Tags }) => tagged(Tags),
    dependents: ({ InstanceProfileName, Path = '/', Tags }) =>
      Tags?.length
        ? [
            {
              action: 'iam:TagInstanceProfile',
              resources: [{ arn: arnOf(`${Path}${InstanceProfileName}`), keys: tagged(Tags) }],
            },
          ]
        : [],
    run({ InstanceProfileName: name = '', Path: path = '/', Tags = [] }) {
      checkName(name, { member: 'instanceProfileName', maxLength: MAX_NAME_LENGTH });
      checkPath(path);
      if (store.profiles.has(name.toLowerCase())) {
        throw new AwsError('EntityAlreadyExists', `Instance Profile ${name} already exists.`);
      }
      if (store.profiles.size >= MAX_PROFILES) {
        throw new AwsError('LimitExceeded', `Cannot exceed quota for InstanceProfilesPerAccount: ${MAX_PROFILES}`);
      }
      const profile: InstanceProfile = {
        name,
        arn: arnOf(`${path}${name}`),
        id: `AIPA${host.draws.hex('iam:instance-profile-id', 17).toUpperCase()}`,
        path,
        createdAt: host.clock.now(),
        role: undefined,
        tags: new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      };
      store.profiles.set(name.toLowerCase(), profile);
      return { InstanceProfile: shown(profile) };
    },
  };
  const GetInstanceProfile: Operation<GetInstanceProfileCommandInput, Answer<GetInstanceProfileCommandOutput>> = {
    resources,
    run: ({ InstanceProfileName }) => ({ InstanceProfile: shown(profileNamed(InstanceProfileName)) }),
  };
  const ListInstanceProfiles: Operation<ListInstanceProfilesCommandInput, Answer<ListInstanceProfilesCommandOutput>> = {
    resources: ({ PathPrefix = '/' }) => [arnOf(PathPrefix)],
    run: ({ PathPrefix = '/', ...page }) =>
      list(
        [...store.profiles.values()].filter(({ path }) => path.startsWith(PathPrefix)),
        page,
      ),
  };
  const ListInstanceProfilesForRole: Operation<
    ListInstanceProfilesForRoleCommandInput,
    Answer<ListInstanceProfilesForRoleCommandOutput>
  > = {
    resources: ({ RoleName }) => [arnOfNamed(host, store, RoleName)],
    run({ RoleName = '', ...page }) {
      const { name } = roleNamed(store, RoleName);
      return list(
        [...store.profiles.values()].filter(({ role }) => role === name),
        page,
      );
    },
  };
  const AddRoleToInstanceProfile: Operation<AddRoleToInstanceProfileCommandInput> = {
    resources,
    dependents: ({ RoleName }) => [passingRole(arnOfNamed(host, store, RoleName), 'ec2.amazonaws.com')],
    run({ InstanceProfileName, RoleName = '' }) {
      const profile = profileNamed(InstanceProfileName);
      const { name } = roleNamed(store, RoleName);
      if (profile.role !== undefined) {
        const message = `Cannot exceed quota for InstanceSessionsPerInstanceProfile: ${ROLES_PER_PROFILE}`;
        throw new AwsError('LimitExceeded', message);
      }
      profile.role = name;
    },
  };
  const RemoveRoleFromInstanceProfile: Operation<RemoveRoleFromInstanceProfileCommandInput> = {
    resources,
    run({ InstanceProfileName, RoleName = '' }) {
      const profile = profileNamed(InstanceProfileName);
      if (profile.role !== roleNamed(store, RoleName).name) {
        const message = `Role with name ${RoleName} cannot be found in the instance profile ${profile.name}.`;
        throw new AwsError('NoSuchEntity', message);
      }
      profile.role = undefined;
    },
  };
  const DeleteInstanceProfile: Operation<DeleteInstanceProfileCommandInput> = {
    resources,
    run({ InstanceProfileName }) {
      const profile = profileNamed(InstanceProfileName);
      if (profile.role !== undefined) {
        const message = 'Cannot delete entity, must remove roles from instance profile first.';
        throw new AwsError('DeleteConflict', message);
      }
      store.profiles.delete(profile.name.toLowerCase());
    },
  };
  return {
    CreateInstanceProfile,
    GetInstanceProfile,
    ListInstanceProfiles,
    ListInstanceProfilesForRole,
    AddRoleToInstanceProfile,
    RemoveRoleFromInstanceProfile,
    DeleteInstanceProfile,
  };
}
