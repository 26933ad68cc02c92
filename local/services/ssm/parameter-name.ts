import { AwsError, type Call } from '../../wire/service.ts';
import { PUBLIC } from './public-parameters.ts';

// Source: Systems Manager API Reference, PutParameter, `Name`; checked 2026-11-22.
const MOST_CHARACTERS = 1_011;
const MOST_LEVELS = 15;

const HOW =
  'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

/** The name of a parameter that is to be made, without the spaces around it. Throws as AWS does for one it would refuse. */
export function newName(given: string | undefined): string {
  const name = (given ?? '').trim();
  if (/^\/aws[^/]*\//i.test(name)) {
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`, { status: 400 });
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw invalid(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive). ${HOW}`);
  }
  checkForm(name);
  if (name.length > MOST_CHARACTERS) throw invalid(`Parameter name: at most ${MOST_CHARACTERS} characters.`);
  if (name.split('/').length - 1 > MOST_LEVELS) {
    const message = `A hierarchy can have a maximum of ${MOST_LEVELS} levels.`;
    throw new AwsError('HierarchyLevelLimitExceededException', message);
  }
  return name;
}

function checkForm(name: string): void {
  if (!/^[\w.\-/]+$/.test(name) || name.endsWith('/') || name.includes('//')) throw invalid(`Parameter name: ${HOW}`);
  if (name.includes('/') && !name.startsWith('/')) {
    throw invalid('Parameter name must be a fully qualified name: it begins with "/".');
  }
}

/** As `readName`. Throws ValidationException for a name that no parameter could have: it isn't one that is absent. */
export function wellFormedName(given: string | undefined): { name: string; version?: number } {
  const named = readName(given);
  checkForm(named.name);
  return named;
}

/** A parameter as a request names it: by name or ARN, perhaps with a version. */
export function readName(given: string | undefined): { name: string; version?: number } {
  const [, named = '', version] = /^(?:arn:[^:]*:ssm:[^:]*:[^:]*:parameter)?(.*?)(?::(\d+))?$/.exec(given ?? '') ?? [];
  return { name: named, ...(version !== undefined && { version: Number(version) }) };
}

/** "arn:aws:ssm:us-east-1:123456789012:parameter/shop/mode"; a name without a path gets the slash of the ARN, and one of AWS's no account. */
export const parameterArn = ({ region, account }: Pick<Call, 'region' | 'account'>, name: string): string =>
  `arn:aws:ssm:${region}:${name.startsWith(PUBLIC) ? '' : account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

/** The resources that a caller's policy must allow for these names. */
export const onNames = (names: readonly (string | undefined)[], call: Call): string[] =>
  names.map((name) => parameterArn(call, readName(name).name));

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message, { status: 400 });
