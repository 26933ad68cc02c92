import type { ResourceType } from '../resource.ts';

interface InlinePolicy {
  PolicyName: string;
  PolicyDocument: object;
}

/** AWS::IAM::Role */
export const role: ResourceType = {
  properties: [
    'RoleName',
    'AssumeRolePolicyDocument',
    'Description',
    'Policies',
    'ManagedPolicyArns',
    'MaxSessionDuration',
    'Path',
  ],
  async create({ RoleName, AssumeRolePolicyDocument, Policies = [], ManagedPolicyArns = [], ...rest }, { call, name }) {
    const roleName: string = RoleName ?? name(64);
    const { Role } = await call<{ Role: { Arn: string; RoleId: string } }>('iam', 'CreateRole', {
      RoleName: roleName,
      AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
      ...rest,
    });
    for (const PolicyArn of ManagedPolicyArns) await call('iam', 'AttachRolePolicy', { RoleName: roleName, PolicyArn });
    for (const { PolicyName, PolicyDocument } of Policies as InlinePolicy[]) {
      await call('iam', 'PutRolePolicy', {
        RoleName: roleName,
        PolicyName,
        PolicyDocument: JSON.stringify(PolicyDocument),
      });
    }
    return { ref: roleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
  },
};

/** AWS::IAM::Policy: an inline policy of the roles it names. */
export const policy: ResourceType = {
  properties: ['PolicyName', 'PolicyDocument', 'Roles'],
  async create({ PolicyName, PolicyDocument, Roles = [] }, { call }) {
    for (const RoleName of Roles) {
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) });
    }
    return { ref: PolicyName };
  },
};
