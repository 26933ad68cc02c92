import type { AwsError } from '../../../wire/service.ts';
import { violation } from '../../../wire/violation.ts';

/** A constraint of the API's model on one member, and AWS's words for it. */
interface Constraint {
  holds: (value: string | number) => boolean;
  text: string;
}

/** AWS's error for a value that breaks one of the constraints; undefined for one that is absent or fits. */
export function member(
  name: string,
  value: string | number | undefined,
  constraints: Constraint[],
): AwsError | undefined {
  const broken = value === undefined ? undefined : constraints.find(({ holds }) => !holds(value));
  if (value === undefined || !broken) return undefined;
  return violation(value, { member: `healthCheckConfig.${name}`, constraint: broken.text, code: 'InvalidInput' });
}

export const atLeast = (least: number): Constraint => ({
  holds: (value) => Number(value) >= least,
  text: `Member must have value greater than or equal to ${least}`,
});

export const atMost = (most: number): Constraint => ({
  holds: (value) => Number(value) <= most,
  text: `Member must have value less than or equal to ${most}`,
});

export const noLonger = (most: number): Constraint => ({
  holds: (value) => String(value).length <= most,
  text: `Member must have length less than or equal to ${most}`,
});

export const oneOf = (known: readonly string[]): Constraint => ({
  holds: (value) => known.includes(String(value)),
  text: `Member must satisfy enum value set: [${known.join(', ')}]`,
});
