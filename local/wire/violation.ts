import { AwsError } from './service.ts';

/** AWS's words for a value that breaks a constraint: "1 validation error detected: Value 'x' at 'roleName' failed …". */
export const violation = (
  value: string | number,
  { member, constraint, code }: { member: string; constraint: string; code: string },
): AwsError =>
  new AwsError(
    code,
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
