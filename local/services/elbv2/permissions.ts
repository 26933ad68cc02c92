import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Call, Dependent, Judged, Keys } from '../../wire/service.ts';
import type { Elb } from './elb.ts';

// Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Elastic Load Balancing V2";
// checked 2026-11-22.

/** "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/*": of what doesn't exist yet. */
export const newArn = ({ region, account }: Call, resource: string): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:${resource}`;

/** `aws:RequestTag/…` and `aws:TagKeys`. */
export function requestTags(tags: Tag[] | undefined): Keys {
  if (!tags?.length) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}

/** A resource that exists: it is judged with its own tags. */
export const existing = (elb: Elb, { region }: Call, arn: string | undefined): Judged => ({
  arn: arn ?? '*',
  keys: Object.fromEntries(
    [...elb.region(region).tags.of(arn ?? '')].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, [value]],
      [`elasticloadbalancing:ResourceTag/${key}`, [value]],
    ]),
  ),
});

/** For an operation on one resource that exists, named by `arnOf`. */
export const onOne = <Input>(elb: Elb, arnOf: (input: Input) => string | undefined) => ({
  resources: (input: Input, call: Call): Judged[] => [existing(elb, call, arnOf(input))],
});

/**
 * What ELB asks where tags are given to what a call creates: `AddTags` in that very call.
 * Source: Elastic Load Balancing User Guide, "API permissions to tag resources during creation"; checked 2026-11-29.
 */
export function taggingOnCreation(tags: Tag[] | undefined, call: Call, resource: string): Dependent[] {
  if (!tags?.length) return [];
  const keys = { ...requestTags(tags), 'elasticloadbalancing:CreateAction': [call.operation] };
  return [{ action: 'elasticloadbalancing:AddTags', resources: [{ arn: newArn(call, resource), keys }] }];
}
