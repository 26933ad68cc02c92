import { violation } from '../../wire/violation.ts';

const PATTERN = '[\\.\\-_A-Za-z0-9]+';
const MOST = 64;

/** Throws for the name of a rule, or the id of a target, that EventBridge does not take. Its words are those of recordings of AWS. */
export function checkName(name: string, member: string): void {
  const refuse = (constraint: string): never => {
    throw violation(name, { member, constraint, code: 'ValidationException' });
  };
  if (name === '') refuse('Member must have length greater than or equal to 1');
  if (name.length > MOST) refuse(`Member must have length less than or equal to ${MOST}`);
  if (!new RegExp(`^${PATTERN}$`).test(name)) refuse(`Member must satisfy regular expression pattern: ${PATTERN}`);
}
