import type { Provider } from '../provider.ts';
import { list } from '../shape.ts';

/** AWS::IAM::Policy: an inline policy of each of its roles, by PutRolePolicy. */
export const iamPolicy: Provider<{ PolicyName: string; PolicyDocument: object; Roles?: string[] }> = {
  type: 'AWS::IAM::Policy',
  properties: { PolicyName: 'string', PolicyDocument: 'json', Roles: list('string') },
  async create({ properties: { PolicyName, PolicyDocument, Roles = [] }, call }) {
    for (const RoleName of Roles)
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) });
    return { ref: PolicyName };
  },
  updates: ['PolicyDocument'],
  async update({ properties: { PolicyName, PolicyDocument, Roles = [] }, call }) {
    for (const RoleName of Roles)
      await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) });
  },
  async delete(call, { properties: { PolicyName, Roles = [] } }) {
    for (const RoleName of Roles) await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
  },
};
