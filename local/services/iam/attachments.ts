import type {
  AttachRolePolicyCommandInput,
  DetachRolePolicyCommandInput,
  ListAttachedRolePoliciesCommandInput,
  ListAttachedRolePoliciesCommandOutput,
} from '@aws-sdk/client-iam';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { pageOf, policyAt, roleNamed } from './lookup.ts';
import { arnOfNamed, boundedBy } from './roles.ts';
import type { IamStore } from './store.ts';

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; checked 2026-11-22. */
const MAX_ATTACHED = 10;

/** AttachRolePolicy, DetachRolePolicy and ListAttachedRolePolicies. */
export function attachmentOperations(host: Host, store: IamStore): Record<string, Operation> {
  const resources = ({ RoleName }: { RoleName: string | undefined }) => [arnOfNamed(host, store, RoleName)];
  const conditions = ({
    RoleName = '',
    PolicyArn,
  }: {
    RoleName: string | undefined;
    PolicyArn: string | undefined;
  }) => ({
    'iam:PolicyARN': [PolicyArn ?? ''],
    ...boundedBy(store.roles.get(RoleName.toLowerCase())?.boundary),
  });

  const AttachRolePolicy: Operation<AttachRolePolicyCommandInput> = {
    resources,
    conditions,
    run({ RoleName = '', PolicyArn = '' }) {
      const role = roleNamed(store, RoleName);
      if (!PolicyArn.startsWith('arn:')) throw new AwsError('InvalidInput', `ARN ${PolicyArn} is not valid.`);
      policyAt(store, PolicyArn);
      if (!role.attached.has(PolicyArn) && role.attached.size >= MAX_ATTACHED) {
        throw new AwsError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${MAX_ATTACHED}`);
      }
      role.attached.add(PolicyArn);
    },
  };
  const DetachRolePolicy: Operation<DetachRolePolicyCommandInput> = {
    resources,
    conditions,
    run({ RoleName = '', PolicyArn = '' }) {
      if (roleNamed(store, RoleName).attached.delete(PolicyArn)) return;
      throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`);
    },
  };
  const ListAttachedRolePolicies: Operation<
    ListAttachedRolePoliciesCommandInput,
    Omit<ListAttachedRolePoliciesCommandOutput, '$metadata'>
  > = {
    resources,
    run({ RoleName = '', ...page }) {
      const { items, ...rest } = pageOf([...roleNamed(store, RoleName).attached], page);
      return {
        AttachedPolicies: items.map((arn) => ({ PolicyName: policyAt(store, arn).name, PolicyArn: arn })),
        ...rest,
      };
    },
  };
  return { AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies };
}
