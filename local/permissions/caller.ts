import type { Principal } from '../wire/service.ts';
import { listed, type PolicyStatement } from './policy.ts';

/** Whether a statement of a resource policy or a trust policy names the caller. */
export function names({ Principal: named, NotPrincipal: others }: PolicyStatement, caller: Principal): boolean {
  if (others !== undefined) return !isAmong(others, caller);
  return named !== undefined && isAmong(named, caller);
}

function isAmong(named: NonNullable<PolicyStatement['Principal']>, caller: Principal): boolean {
  if (named === '*') return true;
  if (caller.service !== undefined && listed(named.Service).includes(caller.service)) return true;
  return caller.service === undefined && listed(named.AWS).some((name) => isNamed(name, caller));
}

/** "*", the account ("123456789012" or its root), the role, or the very session. */
function isNamed(name: string, { arn, roleArn }: Principal): boolean {
  const account = arn.split(':')[4] ?? '';
  return (
    name === '*' || name === account || name === `arn:aws:iam::${account}:root` || name === roleArn || name === arn
  );
}
