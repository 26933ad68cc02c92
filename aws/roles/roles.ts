import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { isCode } from '../error-code.ts';
import { tagList, tagRecord } from '../tags.ts';

/** A role of the account with its inline policy of one name. */
export interface FoundRole {
  arn: string;
  tags: Record<string, string>;
  /** Undefined until it has one of that name. */
  policy?: object;
}

/** Undefined where there is no role of that name. */
export async function readRole(
  iam: IAMClient,
  { name, policyName }: { name: string; policyName: string },
): Promise<FoundRole | undefined> {
  const found = await orUndefined(iam.send(new GetRoleCommand({ RoleName: name })));
  if (!found?.Role) return undefined;
  const { Arn: arn = '', Tags } = found.Role;
  const policy = await orUndefined(iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policyName })));
  const document = policy?.PolicyDocument;
  return {
    arn,
    tags: tagRecord(Tags),
    ...(document !== undefined && { policy: JSON.parse(decodeURIComponent(document)) as object }),
  };
}

export interface NewRole {
  name: string;
  /** "/nameplate/Nameplate/eu-west-1/" */
  path: string;
  description: string;
  trust: object;
  /** The ARN of the managed policy that bounds it. */
  boundary: string;
  tags: Record<string, string>;
}

/** @returns the ARN */
export async function createRole(
  iam: IAMClient,
  { name, path, description, trust, boundary, tags }: NewRole,
): Promise<string> {
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      Path: path,
      Description: description,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      PermissionsBoundary: boundary,
      Tags: tagList(tags),
    }),
  );
  return Role?.Arn ?? '';
}

/** Puts an inline policy in the place of that of the same name. */
export async function putRolePolicy(
  iam: IAMClient,
  { name, policyName, policy }: { name: string; policyName: string; policy: object },
): Promise<void> {
  await iam.send(
    new PutRolePolicyCommand({ RoleName: name, PolicyName: policyName, PolicyDocument: JSON.stringify(policy) }),
  );
}

/** Deletes a role with its one inline policy; what is gone is no error. */
export async function deleteRole(
  iam: IAMClient,
  { name, policyName }: { name: string; policyName: string },
): Promise<void> {
  await orUndefined(iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policyName })));
  await orUndefined(iam.send(new DeleteRoleCommand({ RoleName: name })));
}

async function orUndefined<Output>(asked: Promise<Output>): Promise<Output | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isCode(error, 'NoSuchEntity')) return undefined;
    throw error;
  }
}
