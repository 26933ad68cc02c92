import type {
  CreateRoleCommandInput,
  CreateRoleCommandOutput,
  DeleteRoleCommandInput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
  ListRolesCommandInput,
  ListRolesCommandOutput,
  Role as RoleDescription,
  UpdateAssumeRolePolicyCommandInput,
  UpdateRoleCommandInput,
} from '@aws-sdk/client-iam';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { encoded, pageOf, policyAt, roleNamed } from './lookup.ts';
import { checkName, checkPath, checkTagKeys } from './names.ts';
import { checkTrust } from './policy-document.ts';
import type { IamStore, Role } from './store.ts';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; checked 2026-11-22. */
const MAX_ROLE_NAME_LENGTH = 64;
const DEFAULT_SESSION_SECONDS = 3600;

/**
 * What IAM judges a call about a role by, besides its ARN: the boundary that the role has, or is to have. Source: Service Authorization
 * Reference, "AWS Identity and Access Management", condition keys; checked 2026-11-30.
 */
export const boundedBy = (boundary: string | undefined): Record<string, string[]> =>
  boundary === undefined ? {} : { 'iam:PermissionsBoundary': [boundary] };

/** The condition keys of tags that something is created with. */
export const tagged = (Tags: CreateRoleCommandInput['Tags']): Record<string, string[]> => ({
  ...Object.fromEntries((Tags ?? []).map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
  ...(Tags && { 'aws:TagKeys': Tags.map(({ Key = '' }) => Key) }),
});

/** CreateRole, GetRole, ListRoles, UpdateRole, UpdateAssumeRolePolicy and DeleteRole. */
export function roleOperations(host: Host, store: IamStore): Record<string, Operation> {
  /** Roles of other accounts are taken to be there. */
  const hasRole = (arn: string) =>
    !arn.startsWith(`arn:aws:iam::${host.account}:`) || [...store.roles.values()].some((role) => role.arn === arn);
  const CreateRole: Operation<CreateRoleCommandInput, Answer<CreateRoleCommandOutput>> = {
    resources: ({ RoleName, Path = '/' }) => [arnOf(host, `${Path}${RoleName}`)],
    conditions: ({ PermissionsBoundary, Tags }) => ({ ...boundedBy(PermissionsBoundary), ...tagged(Tags) }),
    // Source: IAM User Guide, "Tag IAM roles": creating one with tags needs both; checked 2026-11-30.
    dependents: ({ RoleName, Path = '/', Tags }) =>
      Tags?.length
        ? [{ action: 'iam:TagRole', resources: [{ arn: arnOf(host, `${Path}${RoleName}`), keys: tagged(Tags) }] }]
        : [],
    run(input) {
      const name = input.RoleName ?? '';
      const path = input.Path ?? '/';
      const trust = input.AssumeRolePolicyDocument ?? '';
      checkName(name, { member: 'roleName', maxLength: MAX_ROLE_NAME_LENGTH });
      checkPath(path);
      checkTrust(trust, hasRole);
      checkTagKeys(input.Tags);
      if (input.PermissionsBoundary !== undefined) policyAt(store, input.PermissionsBoundary);
      if (store.roles.has(name.toLowerCase())) {
        throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`);
      }
      const role: Role = {
        name,
        arn: arnOf(host, `${path}${name}`),
        id: `AROA${host.draws.hex('iam:role-id', 17).toUpperCase()}`,
        path,
        description: input.Description,
        createdAt: host.clock.now(),
        trust,
        maxSessionSeconds: input.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
        inline: new Map(),
        attached: new Set(),
        ...(input.PermissionsBoundary !== undefined && { boundary: input.PermissionsBoundary }),
        tags: new Map(input.Tags?.map(({ Key = '', Value = '' }) => [Key, Value])),
      };
      store.roles.set(name.toLowerCase(), role);
      const { MaxSessionDuration: _, ...shown } = described(role);
      return { Role: shown };
    },
  };
  const GetRole: Operation<GetRoleCommandInput, Answer<GetRoleCommandOutput>> = {
    resources: ({ RoleName }) => [arnOfNamed(host, store, RoleName)],
    run: ({ RoleName = '' }) => ({ Role: { ...described(roleNamed(store, RoleName)), RoleLastUsed: {} } }),
  };
  const ListRoles: Operation<ListRolesCommandInput, Answer<ListRolesCommandOutput>> = {
    resources: ({ PathPrefix = '/' }) => [arnOf(host, PathPrefix)],
    run({ PathPrefix = '/', ...page }) {
      const found = [...store.roles.values()].filter(({ path }) => path.startsWith(PathPrefix));
      const { items, ...rest } = pageOf(
        found.sort((a, b) => a.name.localeCompare(b.name)),
        page,
      );
      // Source: IAM API Reference, "ListRoles": it returns neither tags nor boundaries; checked 2026-11-30.
      const listed = items.map((role) => ({ ...described(role), Tags: undefined, PermissionsBoundary: undefined }));
      return { Roles: listed, ...rest };
    },
  };
  /** What is left out stays. */
  const UpdateRole: Operation<UpdateRoleCommandInput, object> = {
    resources: ({ RoleName }) => [arnOfNamed(host, store, RoleName)],
    run({ RoleName = '', Description, MaxSessionDuration }) {
      const role = roleNamed(store, RoleName);
      role.description = Description ?? role.description;
      role.maxSessionSeconds = MaxSessionDuration ?? role.maxSessionSeconds;
      return {};
    },
  };
  const UpdateAssumeRolePolicy: Operation<UpdateAssumeRolePolicyCommandInput> = {
    resources: ({ RoleName }) => [arnOfNamed(host, store, RoleName)],
    run({ RoleName = '', PolicyDocument = '' }) {
      const role = roleNamed(store, RoleName);
      checkTrust(PolicyDocument, hasRole);
      role.trust = PolicyDocument;
    },
  };
  const DeleteRole: Operation<DeleteRoleCommandInput> = {
    resources: ({ RoleName }) => [arnOfNamed(host, store, RoleName)],
    run({ RoleName = '' }) {
      const role = roleNamed(store, RoleName);
      const inProfile = [...store.profiles.values()].some((profile) => profile.role === role.name);
      if (inProfile) {
        const message = 'Cannot delete entity, must remove roles from instance profile first.';
        throw new AwsError('DeleteConflict', message);
      }
      if (role.attached.size > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
      }
      if (role.inline.size > 0)
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
      store.roles.delete(RoleName.toLowerCase());
    },
  };
  return { CreateRole, GetRole, ListRoles, UpdateRole, UpdateAssumeRolePolicy, DeleteRole };
}

/** "/path/Name" as a role's ARN. */
const arnOf = (host: Host, pathAndName: string): string => `arn:aws:iam::${host.account}:role${pathAndName}`;

/** The role's ARN for the caller's policy; a role that isn't there has no path. */
export const arnOfNamed = (host: Host, store: IamStore, name = ''): string =>
  store.roles.get(name.toLowerCase())?.arn ?? arnOf(host, `/${name}`);

/** As IAM describes it. */
export const described = (role: Role): RoleDescription => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: role.createdAt,
  AssumeRolePolicyDocument: encoded(role.trust),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
  ...(role.boundary !== undefined && {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: role.boundary,
    },
  }),
  ...(role.tags.size > 0 ? { Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })) } : {}),
});
