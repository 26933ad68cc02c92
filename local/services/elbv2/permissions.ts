import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Call } from '../../wire/service.ts';
import type { Elb } from './elb.ts';

// Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Elastic Load Balancing V2";
// checked 2026-11-22.

/** "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/*": of what doesn't exist yet. */
export const newArn = ({ region, account }: Call, resource: string): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:${resource}`;

/** `aws:RequestTag/…` and `aws:TagKeys`. */
export function requestTags(tags: Tag[] | undefined): Record<string, string[]> {
  if (!tags?.length) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}

/** `aws:ResourceTag/…` and `elasticloadbalancing:ResourceTag/…` of the one thing that an operation works on. */
export const resourceTags = (elb: Elb, { region }: Call, arn: string | undefined): Record<string, string[]> =>
  Object.fromEntries(
    [...elb.region(region).tags.of(arn ?? '')].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, [value]],
      [`elasticloadbalancing:ResourceTag/${key}`, [value]],
    ]),
  );

/** For an operation on one thing that exists, named by `arnOf`. */
export const onOne = <Input>(elb: Elb, arnOf: (input: Input) => string | undefined) => ({
  resources: (input: Input): string[] => [arnOf(input) ?? '*'],
  conditions: (input: Input, call: Call): Record<string, string[]> => resourceTags(elb, call, arnOf(input)),
});
