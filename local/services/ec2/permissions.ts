import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { Call } from '../../wire/service.ts';
import type { Ec2 } from './ec2.ts';
import type { TagSet } from './tags/tag-set.ts';

// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2"; checked 2026-11-22.

/** "arn:aws:ec2:us-east-1:123456789012:security-group/sg-1"; `*` for what doesn't exist yet. */
export const arnOf = ({ region, account }: Call, resourceType: string, id = '*'): string =>
  `arn:aws:ec2:${region}:${account}:${resourceType}/${id}`;

/** `aws:RequestTag/…` and `aws:TagKeys` of an operation that tags what it makes. */
export function requestTags(specifications: TagSpecification[] | undefined): Record<string, string[]> {
  const tags = (specifications ?? []).flatMap(({ Tags }) => Tags ?? []);
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}

/** `aws:ResourceTag/…` and `ec2:ResourceTag/…` of the one thing that an operation works on. */
export function resourceTags(ec2: Ec2, { region }: Call, id: string | undefined): Record<string, string[]> {
  const tags: TagSet = ec2.region(region).tags.of(id ?? '');
  return Object.fromEntries(
    [...tags].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, [value]],
      [`ec2:ResourceTag/${key}`, [value]],
    ]),
  );
}

/** `ec2:Vpc` of a thing in a VPC. */
export const vpcOf = (call: Call, vpcId: string | undefined): Record<string, string[]> =>
  vpcId === undefined ? {} : { 'ec2:Vpc': [arnOf(call, 'vpc', vpcId)] };
