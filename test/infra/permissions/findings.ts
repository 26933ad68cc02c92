import { overlaps } from './overlaps.ts';
import { type Authorization, authorizationOf, isKnown, type ResourceType } from './service-authorization.ts';

/** What a caller needs who creates with tags. Source: the guide of each service on tags and permissions; checked 2026-11-29. */
const TAGGING: Record<string, string> = {
  acm: 'acm:AddTagsToCertificate',
  ec2: 'ec2:CreateTags',
  elasticloadbalancing: 'elasticloadbalancing:AddTags',
};

export interface Statement {
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/** One statement of a role as far as it is about one action. */
interface Granted {
  action: string;
  resources: string[];
  keys: string[];
}

/** What the policies of a role say that AWS does not know or would not let do, a sentence each. */
export async function findings(statements: readonly Statement[]): Promise<string[]> {
  const granted = statements.flatMap(grantedBy);
  const found = await Promise.all(
    granted.map(async (grant) => {
      const authorization = await authorizationOf(grant.action);
      if (!authorization) return [`${grant.action} does not exist`];
      return [
        ...unsupportedResources(grant, authorization),
        ...(await unknownKeys(grant, authorization)),
        ...missingTagging(grant, granted),
        ...missingTypes(grant, authorization, granted),
      ];
    }),
  );
  return [...new Set(found.flat())].sort();
}

function grantedBy({ Action, Resource, Condition = {} }: Statement): Granted[] {
  const keys = Object.values(Condition).flatMap((comparisons) => Object.keys(comparisons));
  return [Action].flat().map((action) => ({ action, resources: [Resource].flat(), keys }));
}

/** The resource types of the action that an ARN pattern can be of; "*" is for actions that have none. */
const typesOf = (resource: string, { types }: Authorization): ResourceType[] =>
  types.filter(({ arn }) => overlaps(patternOf(arn), resource));

function unsupportedResources({ action, resources }: Granted, authorization: Authorization): string[] {
  const names = authorization.types.map(({ name }) => name).join(', ');
  return resources.flatMap((resource) => {
    if (names === '') return resource === '*' ? [] : [`${action} takes no resource, and not ${resource}`];
    if (resource === '*') return [`${action} is narrower than "*": it takes ${names}`];
    return typesOf(resource, authorization).length > 0 ? [] : [`${action} takes ${names}, and not ${resource}`];
  });
}

async function unknownKeys({ action, resources, keys }: Granted, authorization: Authorization): Promise<string[]> {
  const found: string[] = [];
  for (const resource of resources) {
    const known = [...authorization.keys, ...typesOf(resource, authorization).flatMap((type) => type.keys)];
    for (const key of keys) {
      if (!(await isKnown(key, known))) found.push(`${action} does not know the condition key ${key} on ${resource}`);
    }
  }
  return found;
}

function missingTagging({ action, keys }: Granted, granted: readonly Granted[]): string[] {
  const tagging = TAGGING[action.split(':')[0] ?? ''];
  const tags = keys.some((key) => key.startsWith('aws:RequestTag/'));
  if (!tagging || !tags || granted.some((grant) => grant.action === tagging)) return [];
  return [`${action} needs ${tagging} beside it`];
}

/**
 * EC2 judges a call on a resource of every required type: all of them must be granted, in whichever statements. Elsewhere the
 * required types are those that the one resource of the call can be of.
 */
function missingTypes({ action }: Granted, { types }: Authorization, granted: readonly Granted[]): string[] {
  const resources = granted.flatMap((grant) => (grant.action === action ? grant.resources : []));
  const required = types.filter((type) => type.required);
  const missing = required.filter(({ arn }) => !resources.some((resource) => overlaps(patternOf(arn), resource)));
  if (!action.startsWith('ec2:') && missing.length < required.length) return [];
  return missing.map(({ name }) => `${action} needs a ${name} as well`);
}

/** "arn:${Partition}:ec2:…:vpc/${VpcId}" with "*" for what differs. */
const patternOf = (arn: string): string => arn.replaceAll(/\$\{\w+\}/g, '*');
