import type { CreateSecurityGroupRequest, CreateSecurityGroupResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { created, existing } from '../permissions.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import { makeGroup } from './make-group.ts';
import { DEFAULT_GROUP, groupArn } from './security-group.ts';

// Source: EC2 API reference, CreateSecurityGroup; VPC User Guide, "Amazon VPC quotas"; checked 2026-11-22.
const LONGEST_NAME = 255;
const CHARACTERS = /^[\w .\-:/()#,@[\]+=&;{}!$*]*$/;
const GROUPS_PER_REGION = 2_500;

/** Makes a security group: everything may leave, nothing may come in. */
export function createSecurityGroup(ec2: Ec2): Operation<CreateSecurityGroupRequest, CreateSecurityGroupResult> {
  return {
    resources: ({ VpcId, TagSpecifications }, call) => [
      created(call, 'security-group', TagSpecifications),
      existing(ec2, call, { type: 'vpc', id: VpcId }),
    ],
    run({ GroupName: name = '', Description: description = '', VpcId, TagSpecifications }, call) {
      const region = ec2.region(call.region);
      checkWords(name, description);
      if (VpcId === undefined) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
      const vpc = find(region.vpcs, 'vpc', VpcId);
      const tags = tagsOnCreate(TagSpecifications, 'group');
      if ([...region.groups.values()].some((group) => group.vpcId === VpcId && group.name === name)) {
        throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${VpcId}'`);
      }
      if (region.groups.size >= GROUPS_PER_REGION) {
        throw new AwsError('SecurityGroupLimitExceeded', 'The maximum number of security groups has been reached.');
      }
      const group = makeGroup(ec2, region, { vpc, name, description });
      region.tags.put(group.groupId, tags);
      return {
        GroupId: group.groupId,
        SecurityGroupArn: groupArn(ec2, region, group.groupId),
        Tags: region.tags.shown(group.groupId),
      };
    },
  };
}

function checkWords(name: string, description: string): void {
  if (name === '') throw new AwsError('MissingParameter', 'The request must contain the parameter GroupName');
  if (description === '') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter GroupDescription');
  }
  if (name.toLowerCase() === DEFAULT_GROUP) {
    throw new AwsError('InvalidParameterValue', `Cannot use reserved security group name: ${name}`);
  }
  if (name.startsWith('sg-')) {
    throw invalid('GroupName', name, 'Group names may not be in the format sg-*.');
  }
  for (const [parameter, value] of [
    ['GroupName', name],
    ['GroupDescription', description],
  ] as const) {
    if (value.length > LONGEST_NAME) throw invalid(parameter, value, `Length exceeds maximum of ${LONGEST_NAME}.`);
    if (!CHARACTERS.test(value)) throw invalid(parameter, value, 'Character sets beyond ASCII are not supported.');
  }
}

const invalid = (parameter: string, value: string, why: string): AwsError =>
  new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid. ${why}`);
