import type {
  DeleteRolePolicyCommandInput,
  GetRolePolicyCommandInput,
  GetRolePolicyCommandOutput,
  ListRolePoliciesCommandInput,
  ListRolePoliciesCommandOutput,
  PutRolePolicyCommandInput,
} from '@aws-sdk/client-iam';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { encoded, pageOf, roleNamed } from './lookup.ts';
import { checkName } from './names.ts';
import { checkPolicy } from './policy-document.ts';
import { arnOfNamed, boundedBy } from './roles.ts';
import type { IamStore } from './store.ts';

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; checked 2026-11-22. */
const MAX_POLICY_NAME_LENGTH = 128;
const MAX_INLINE_CHARACTERS = 10_240;

/** PutRolePolicy, GetRolePolicy, ListRolePolicies and DeleteRolePolicy. */
export function inlinePolicyOperations(host: Host, store: IamStore): Record<string, Operation> {
  const resources = ({ RoleName }: { RoleName: string | undefined }) => [arnOfNamed(host, store, RoleName)];

  const conditions = ({ RoleName = '' }: { RoleName: string | undefined }) =>
    boundedBy(store.roles.get(RoleName.toLowerCase())?.boundary);

  const PutRolePolicy: Operation<PutRolePolicyCommandInput> = {
    resources,
    conditions,
    run({ RoleName = '', PolicyName = '', PolicyDocument = '' }) {
      const role = roleNamed(store, RoleName);
      checkName(PolicyName, { member: 'policyName', maxLength: MAX_POLICY_NAME_LENGTH });
      checkPolicy(PolicyDocument);
      const others = [...role.inline].filter(([name]) => name !== PolicyName).map(([, document]) => document);
      if (charactersOf([...others, PolicyDocument]) > MAX_INLINE_CHARACTERS) {
        const message = `Maximum policy size of ${MAX_INLINE_CHARACTERS} bytes exceeded for role ${role.name}`;
        throw new AwsError('LimitExceeded', message);
      }
      role.inline.set(PolicyName, PolicyDocument);
    },
  };
  const GetRolePolicy: Operation<GetRolePolicyCommandInput, Omit<GetRolePolicyCommandOutput, '$metadata'>> = {
    resources,
    run({ RoleName = '', PolicyName = '' }) {
      const document = roleNamed(store, RoleName).inline.get(PolicyName);
      if (document === undefined) throw noSuchPolicy(PolicyName);
      return { RoleName, PolicyName, PolicyDocument: encoded(document) };
    },
  };
  const ListRolePolicies: Operation<ListRolePoliciesCommandInput, Omit<ListRolePoliciesCommandOutput, '$metadata'>> = {
    resources,
    run({ RoleName = '', ...page }) {
      const { items, ...rest } = pageOf([...roleNamed(store, RoleName).inline.keys()].sort(), page);
      return { PolicyNames: items, ...rest };
    },
  };
  const DeleteRolePolicy: Operation<DeleteRolePolicyCommandInput> = {
    resources,
    conditions,
    run({ RoleName = '', PolicyName = '' }) {
      if (!roleNamed(store, RoleName).inline.delete(PolicyName)) throw noSuchPolicy(PolicyName);
    },
  };
  return { PutRolePolicy, GetRolePolicy, ListRolePolicies, DeleteRolePolicy };
}

/** White space does not count. */
const charactersOf = (documents: string[]): number => documents.join('').replace(/\s/g, '').length;

const noSuchPolicy = (name: string): AwsError =>
  new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`);
