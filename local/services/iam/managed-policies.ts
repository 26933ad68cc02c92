import type {
  CreatePolicyCommandInput,
  CreatePolicyCommandOutput,
  DeletePolicyCommandInput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  GetPolicyVersionCommandInput,
  GetPolicyVersionCommandOutput,
  ListPoliciesCommandInput,
  ListPoliciesCommandOutput,
  Policy,
} from '@aws-sdk/client-iam';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { encoded, pageOf, policyAt } from './lookup.ts';
import { checkName, checkPath } from './names.ts';
import { checkPolicy } from './policy-document.ts';
import type { IamStore, ManagedPolicy } from './store.ts';

type Answer<Output> = Omit<Output, '$metadata'>;

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; checked 2026-11-22. */
const MAX_POLICY_NAME_LENGTH = 128;
/** Policies here have one version: nothing here makes a second one. */
const ONLY_VERSION = 'v1';
const VERSION = /^v[1-9]\d*(\.[A-Za-z\d-]*)?$/;

/** CreatePolicy, GetPolicy, GetPolicyVersion, ListPolicies and DeletePolicy. */
export function managedPolicyOperations(host: Host, store: IamStore): Record<string, Operation> {
  const resources = ({ PolicyArn }: { PolicyArn: string | undefined }) => [PolicyArn ?? '*'];
  const attachments = (arn: string) => [...store.roles.values()].filter(({ attached }) => attached.has(arn)).length;
  const bounding = (arn: string) => [...store.roles.values()].filter(({ boundary }) => boundary === arn).length;
  const described = (policy: ManagedPolicy): Policy => ({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: ONLY_VERSION,
    AttachmentCount: attachments(policy.arn),
    PermissionsBoundaryUsageCount: bounding(policy.arn),
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.createdAt,
    UpdateDate: policy.createdAt,
  });

  const CreatePolicy: Operation<CreatePolicyCommandInput, Answer<CreatePolicyCommandOutput>> = {
    resources: ({ PolicyName, Path = '/' }) => [`arn:aws:iam::${host.account}:policy${Path}${PolicyName}`],
    run({ PolicyName: name = '', Path: path = '/', PolicyDocument: document = '', Description: description }) {
      checkName(name, { member: 'policyName', maxLength: MAX_POLICY_NAME_LENGTH });
      checkPath(path);
      checkPolicy(document);
      const arn = `arn:aws:iam::${host.account}:policy${path}${name}`;
      if (store.policies.has(arn)) {
        throw new AwsError(
          'EntityAlreadyExists',
          `A policy called ${name} already exists. Duplicate names are not allowed.`,
        );
      }
      const id = `ANPA${host.draws.hex('iam:policy-id', 17).toUpperCase()}`;
      const policy = { name, arn, id, path, description, createdAt: host.clock.now(), document };
      store.policies.set(arn, policy);
      return { Policy: described(policy) };
    },
  };
  const GetPolicy: Operation<GetPolicyCommandInput, Answer<GetPolicyCommandOutput>> = {
    resources,
    run: ({ PolicyArn = '' }) => ({ Policy: { ...described(policyAt(store, PolicyArn)), Tags: [] } }),
  };
  const GetPolicyVersion: Operation<GetPolicyVersionCommandInput, Answer<GetPolicyVersionCommandOutput>> = {
    resources,
    run({ PolicyArn = '', VersionId = '' }) {
      // Source: recordings of AWS in LocalStack's tests; checked 2026-11-30.
      if (!VERSION.test(VersionId)) {
        throw new AwsError(
          'ValidationError',
          "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
        );
      }
      const policy = store.policies.get(PolicyArn);
      if (!policy || VersionId !== ONLY_VERSION) {
        throw new AwsError(
          'NoSuchEntity',
          `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`,
        );
      }
      const Document = encoded(policy.document);
      return { PolicyVersion: { Document, VersionId, IsDefaultVersion: true, CreateDate: policy.createdAt } };
    },
  };
  const ListPolicies: Operation<ListPoliciesCommandInput, Answer<ListPoliciesCommandOutput>> = {
    run({ Scope = 'All', OnlyAttached = false, PathPrefix = '/', ...page }) {
      const found = [...store.policies.values()].filter(({ arn, path }) => {
        const isAws = arn.startsWith('arn:aws:iam::aws:');
        if (Scope !== 'All' && isAws !== (Scope === 'AWS')) return false;
        return path.startsWith(PathPrefix) && (!OnlyAttached || attachments(arn) > 0);
      });
      const { items, ...rest } = pageOf(found, page);
      // Source: IAM API Reference, "Policy": only GetPolicy returns the description; checked 2026-11-30.
      return { Policies: items.map((policy) => ({ ...described(policy), Description: undefined })), ...rest };
    },
  };
  const DeletePolicy: Operation<DeletePolicyCommandInput> = {
    resources,
    run({ PolicyArn = '' }) {
      policyAt(store, PolicyArn);
      if (attachments(PolicyArn) + bounding(PolicyArn) > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.');
      }
      store.policies.delete(PolicyArn);
    },
  };
  return { CreatePolicy, GetPolicy, GetPolicyVersion, ListPolicies, DeletePolicy };
}
