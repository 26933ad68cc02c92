import { AwsError } from '../../../wire/service.ts';

/** What the name of a state machine or an execution must not contain. Source: Step Functions guide, "Quotas"; checked 2026-11-22. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Throws InvalidName. */
export function checkName(name: string): void {
  if (!FORBIDDEN.test(name)) return;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

/** Throws InvalidArn unless the ARN is one of Step Functions for this kind of resource. */
export function checkArn(arn: string, type: 'stateMachine' | 'execution'): void {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, , service, , , kind, name] = arn.split(':');
  if (service !== 'states' || kind === undefined || !name) throw invalidArn(`Invalid ARN: ${arn}`);
  if (kind !== type) throw invalidArn(`Resource type not valid in this context: ${kind.toLowerCase()}`);
}

/** Throws InvalidArn. */
export function checkRoleArn(arn: string): void {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(arn)) throw invalidArn(`Invalid role ARN: ${arn}`);
}

const invalidArn = (words: string): AwsError => new AwsError('InvalidArn', `Invalid Arn: '${words}'`);
