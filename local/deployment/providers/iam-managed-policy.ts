import type { CreatePolicyResponse } from '@aws-sdk/client-iam';
import type { Provider } from '../provider.ts';
import { list } from '../shape.ts';

interface ManagedPolicyProperties {
  ManagedPolicyName?: string;
  PolicyDocument: object;
  Description?: string;
  Path?: string;
  Roles?: string[];
}

/** AWS::IAM::ManagedPolicy, by CreatePolicy and AttachRolePolicy. */
export const iamManagedPolicy: Provider<ManagedPolicyProperties> = {
  type: 'AWS::IAM::ManagedPolicy',
  properties: {
    ManagedPolicyName: 'string',
    PolicyDocument: 'json',
    Description: 'string',
    Path: 'string',
    Roles: list('string'),
  },
  async create({ properties: { ManagedPolicyName, PolicyDocument, Roles = [], ...policy }, name, call }) {
    const { Policy } = await call<CreatePolicyResponse>('iam', 'CreatePolicy', {
      ...policy,
      PolicyName: ManagedPolicyName ?? name(128),
      PolicyDocument: JSON.stringify(PolicyDocument),
    });
    const PolicyArn = Policy?.Arn ?? '';
    for (const RoleName of Roles) await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
    return { ref: PolicyArn, attributes: { PolicyArn, PolicyId: Policy?.PolicyId ?? '' } };
  },
};
