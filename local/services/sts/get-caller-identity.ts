import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { Operation } from '../../wire/service.ts';

/** Who the caller is. Needs no permission on AWS either. */
export function getCallerIdentity(
  roleId: (roleArn: string) => string | undefined,
): Operation<object, Omit<GetCallerIdentityCommandOutput, '$metadata'>> {
  return {
    open: true,
    run(_, { principal: { arn, roleArn }, account }) {
      const id = roleArn === undefined ? account : `${roleId(roleArn)}:${arn.split('/').at(-1)}`;
      return { Account: account, Arn: arn, UserId: id };
    },
  };
}
