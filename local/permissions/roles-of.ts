import { accountIn } from '../accounts.ts';
import type { IamRoles } from '../services/iam/service.ts';

/** The roles of several accounts: each ARN says whose it is. */
export function rolesOf(accounts: Readonly<Record<string, IamRoles>>): IamRoles {
  const of = (roleArn: string) => accounts[accountIn(roleArn) ?? ''];
  return {
    find: (roleArn) => of(roleArn)?.find(roleArn),
    trustOf: (roleArn) => of(roleArn)?.trustOf(roleArn),
    boundaryOf: (roleArn) => of(roleArn)?.boundaryOf?.(roleArn),
    policiesOf: (roleArn) => of(roleArn)?.policiesOf(roleArn) ?? [],
  };
}
