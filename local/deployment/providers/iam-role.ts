import type { CreateRoleResponse } from '@aws-sdk/client-iam';
import type { Provider, Tag } from '../provider.ts';
import { list, object, tags } from '../shape.ts';

interface RoleProperties {
  RoleName?: string;
  AssumeRolePolicyDocument: object;
  Description?: string;
  ManagedPolicyArns?: string[];
  MaxSessionDuration?: number;
  Path?: string;
  Policies?: { PolicyName: string; PolicyDocument: object }[];
  Tags?: Tag[];
}

/** AWS::IAM::Role, by CreateRole, PutRolePolicy and AttachRolePolicy. */
export const iamRole: Provider<RoleProperties> = {
  type: 'AWS::IAM::Role',
  properties: {
    RoleName: 'string',
    AssumeRolePolicyDocument: 'json',
    Description: 'string',
    ManagedPolicyArns: list('string'),
    MaxSessionDuration: 'number',
    Path: 'string',
    Policies: list(object({ PolicyName: 'string', PolicyDocument: 'json' })),
    Tags: tags,
  },
  async create({ properties, name, call }) {
    const { AssumeRolePolicyDocument, ManagedPolicyArns = [], Policies = [], ...role } = properties;
    const RoleName = role.RoleName ?? name(64);
    const { Role } = await call<CreateRoleResponse>('iam', 'CreateRole', {
      ...role,
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
    });
    for (const { PolicyName, PolicyDocument } of Policies)
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) });
    for (const PolicyArn of ManagedPolicyArns) await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    return { ref: RoleName, attributes: { Arn: Role?.Arn ?? '', RoleId: Role?.RoleId ?? '' } };
  },
  async delete(call, { made: { ref: RoleName }, properties: { ManagedPolicyArns = [], Policies = [] } }) {
    for (const PolicyArn of ManagedPolicyArns) await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn });
    for (const { PolicyName } of Policies) await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
    await call('iam', 'DeleteRole', { RoleName });
  },
};
