import { AwsError } from '../../wire/service.ts';
import { type Filter, filterOf, type Scope } from './filter-policy.ts';
import type { Subscription } from './topic.ts';

/** What SetSubscriptionAttributes sets. */
export interface Settings {
  scope: Scope;
  filter: Filter | undefined;
}

const SCOPES: readonly string[] = ['MessageAttributes', 'MessageBody'] satisfies Scope[];
/** Source: SNS API Reference, "SetSubscriptionAttributes"; checked 2026-11-30. */
const ATTRIBUTES = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
  'ReplayPolicy',
];
const WITHOUT_RAW = /^(email|email-json|lambda)$/;

/**
 * The settings that these attributes make of others. Throws InvalidParameter in the words of AWS, which begins them otherwise for
 * Subscribe than for SetSubscriptionAttributes.
 */
export function settingsWith(
  { scope, filter }: Settings,
  attributes: Record<string, string>,
  { protocol, prefix }: { protocol: Subscription['protocol']; prefix: string },
): Settings {
  const refuse = (reason: string): never => {
    throw new AwsError('InvalidParameter', `Invalid parameter: ${prefix}${reason}`);
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (!ATTRIBUTES.includes(name)) refuse('AttributeName');
    if (name === 'RawMessageDelivery') checkRaw(value, protocol, refuse);
    else if (!name.startsWith('FilterPolicy')) refuse(`${name} is not part of the local AWS`);
  }
  const { FilterPolicyScope: wanted = scope, FilterPolicy: policy = filter?.text ?? '' } = attributes;
  if (!SCOPES.includes(wanted)) {
    refuse(`FilterPolicyScope: Invalid value [${wanted}]. Please use either MessageBody or MessageAttributes`);
  }
  const next = wanted as Scope;
  // An empty policy is how one is taken away.
  return {
    scope: next,
    filter: /^(\s*\{\s*\})?\s*$/.test(policy) ? undefined : filterOf(policy, { scope: next, prefix }),
  };
}

function checkRaw(value: string, protocol: string, refuse: (reason: string) => never): void {
  if (!/^(true|false)$/i.test(value)) refuse(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  if (/^true$/i.test(value) && WITHOUT_RAW.test(protocol)) {
    refuse(`Delivery protocol [${protocol}] does not support raw message delivery.`);
  }
}
