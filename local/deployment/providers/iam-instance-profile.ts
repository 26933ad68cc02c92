import type { CreateInstanceProfileResponse } from '@aws-sdk/client-iam';
import type { Provider } from '../provider.ts';
import { list } from '../shape.ts';

interface InstanceProfileProperties {
  InstanceProfileName?: string;
  Path?: string;
  Roles: string[];
}

/** AWS::IAM::InstanceProfile, by CreateInstanceProfile and AddRoleToInstanceProfile. */
export const iamInstanceProfile: Provider<InstanceProfileProperties> = {
  type: 'AWS::IAM::InstanceProfile',
  properties: { InstanceProfileName: 'string', Path: 'string', Roles: list('string') },
  async create({ properties: { Roles, ...profile }, name, call }) {
    const InstanceProfileName = profile.InstanceProfileName ?? name(128);
    const { InstanceProfile } = await call<CreateInstanceProfileResponse>('iam', 'CreateInstanceProfile', {
      ...profile,
      InstanceProfileName,
    });
    for (const RoleName of Roles) await call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
    return { ref: InstanceProfileName, attributes: { Arn: InstanceProfile?.Arn ?? '' } };
  },
  async delete(call, { made: { ref: InstanceProfileName }, properties: { Roles } }) {
    for (const RoleName of Roles) await call('iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
    await call('iam', 'DeleteInstanceProfile', { InstanceProfileName });
  },
};
