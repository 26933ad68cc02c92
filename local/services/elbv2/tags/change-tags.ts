import type {
  AddTagsInput,
  AddTagsOutput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  RemoveTagsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { findListener, findLoadBalancer, findRule, findTargetGroup } from '../find.ts';
import { existing, requestTags } from '../permissions.ts';
import type { Region } from '../region.ts';
import { readTags } from './tag-set.ts';

// Source: ELB API reference, DescribeTags: at most 20 resources in a call; checked 2026-11-22.
const MOST_DESCRIBED = 20;

/** Tags things, overwriting the values of keys that they have. */
export function addTags(elb: Elb): Operation<AddTagsInput, AddTagsOutput> {
  return {
    resources: ({ ResourceArns = [] }, call) => ResourceArns.map((arn) => existing(elb, call, arn)),
    conditions: ({ Tags }) => requestTags(Tags),
    run({ ResourceArns = [], Tags }, call) {
      const region = elb.region(call.region);
      const tags = readTags(Tags);
      for (const arn of ResourceArns) mustExist(region, arn);
      for (const arn of ResourceArns) region.tags.put(arn, tags);
      return {};
    },
  };
}

/** Takes tags away by their keys. */
export function removeTags(elb: Elb): Operation<RemoveTagsInput, RemoveTagsOutput> {
  return {
    resources: ({ ResourceArns = [] }, call) => ResourceArns.map((arn) => existing(elb, call, arn)),
    conditions: ({ TagKeys = [] }) => ({ 'aws:TagKeys': TagKeys }),
    run({ ResourceArns = [], TagKeys = [] }, call) {
      const region = elb.region(call.region);
      for (const arn of ResourceArns) mustExist(region, arn);
      for (const arn of ResourceArns) region.tags.remove(arn, TagKeys);
      return {};
    },
  };
}

/** Describes the tags of up to twenty things. */
export function describeTags(elb: Elb): Operation<DescribeTagsInput, DescribeTagsOutput> {
  return {
    run({ ResourceArns = [] }, call) {
      const region = elb.region(call.region);
      if (ResourceArns.length > MOST_DESCRIBED) {
        throw invalid(`You can specify up to ${MOST_DESCRIBED} resources in a single call`);
      }
      for (const arn of ResourceArns) mustExist(region, arn);
      return {
        TagDescriptions: ResourceArns.map((ResourceArn) => ({
          ResourceArn,
          Tags: [...region.tags.of(ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
        })),
      };
    },
  };
}

function mustExist(region: Region, arn: string): void {
  const type = /^arn:[^:]*:elasticloadbalancing:[^:]*:[^:]*:([\w-]+)\//.exec(arn)?.[1];
  if (type === 'loadbalancer') findLoadBalancer(region, arn);
  else if (type === 'targetgroup') findTargetGroup(region, arn);
  else if (type === 'listener') findListener(region, arn);
  else if (type === 'listener-rule') findRule(region, arn);
  else throw invalid(`'${arn}' is not a valid resource ARN`);
}
