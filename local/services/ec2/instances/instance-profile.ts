import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import type { InstanceProfiles } from '../../iam/service.ts';
import type { Ec2 } from '../ec2.ts';

export type InstanceProfile = NonNullable<ReturnType<InstanceProfiles['find']>>;

/** The profile that a launch names, where IAM shows it already. */
export function namedProfile(
  { profiles }: Ec2,
  { IamInstanceProfile }: Pick<RunInstancesRequest, 'IamInstanceProfile'>,
): InstanceProfile | undefined {
  const { Arn, Name } = IamInstanceProfile ?? {};
  const named = Arn ?? Name;
  return named === undefined ? undefined : profiles.find(named);
}

/**
 * The profile of a launch. Source: the words are EC2's, as issues of Terraform and of the SDK quote them; checked 2026-11-30.
 *
 * @throws {AwsError} "InvalidParameterValue" for one that is not there, or not to be seen yet
 */
export function profileOf(ec2: Ec2, input: RunInstancesRequest): InstanceProfile | undefined {
  const { Arn, Name } = input.IamInstanceProfile ?? {};
  if (Arn === undefined && Name === undefined) return undefined;
  if (Arn !== undefined && Name !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    );
  }
  const profile = namedProfile(ec2, input);
  if (!profile) {
    const [member, kind] = Arn === undefined ? ['name', 'name'] : ['arn', 'ARN'];
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${Arn ?? Name}) for parameter iamInstanceProfile.${member} is invalid. Invalid IAM Instance Profile ${kind}`,
    );
  }
  if (profile.roleArn === undefined) {
    const message = `IAM Instance Profile "${profile.arn}" has no associated IAM Roles`;
    throw new AwsError('InvalidParameterValue', message);
  }
  return profile;
}
