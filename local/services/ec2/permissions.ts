import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { Call, Judged, Keys } from '../../wire/service.ts';
import type { Ec2 } from './ec2.ts';

// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2"; checked 2026-11-29.

/** "arn:aws:ec2:us-east-1:123456789012:security-group/sg-1"; `*` for what doesn't exist yet. */
export const arnOf = ({ region, account }: Call, resourceType: string, id = '*'): string =>
  `arn:aws:ec2:${region}:${account}:${resourceType}/${id}`;

/** A resource that exists: it is judged with its own tags and, in a VPC, with that. */
export function existing(ec2: Ec2, call: Call, { type, id }: { type: string; id: string | undefined }): Judged {
  const region = ec2.region(call.region);
  const vpcId =
    region.groups.get(id ?? '')?.vpcId ??
    region.subnets.get(id ?? '')?.vpcId ??
    region.interfaces.get(id ?? '')?.subnet.vpcId;
  const tags = [...region.tags.of(id ?? '')].flatMap(([key, value]) => [
    [`aws:ResourceTag/${key}`, [value]],
    [`ec2:ResourceTag/${key}`, [value]],
  ]);
  const vpc = vpcId === undefined ? {} : { 'ec2:Vpc': [arnOf(call, 'vpc', vpcId)] };
  return { arn: arnOf(call, type, id), keys: { ...Object.fromEntries(tags), ...vpc } };
}

/** A resource that the call creates: it is judged with the tags that the call asks for. */
export const created = (call: Call, type: string, specifications?: TagSpecification[]): Exclude<Judged, string> => ({
  arn: arnOf(call, type),
  keys: requestTags(specifications?.filter(({ ResourceType }) => ResourceType === type)),
});

/** `aws:RequestTag/…` and `aws:TagKeys`. */
export function requestTags(specifications: TagSpecification[] | undefined): Keys {
  const tags = (specifications ?? []).flatMap(({ Tags }) => Tags ?? []);
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, [Value]])),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}
