import type { CreateTagsRequest, DeleteTagsRequest } from '@aws-sdk/client-ec2';
import { AwsError, type Call, type Judged, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find, kindOf, resourceTypeOf } from '../ids.ts';
import { existing, requestTags } from '../permissions.ts';
import type { Region } from '../region.ts';
import { readTags } from './tag-set.ts';

/** Tags things, overwriting the values of keys that they have. */
export function createTags(ec2: Ec2): Operation<CreateTagsRequest, object> {
  return {
    resources: ({ Resources }, call) => named(ec2, Resources, call),
    conditions: ({ Tags = [] }) => requestTags([{ Tags }]),
    run({ Resources = [], Tags }, call) {
      const region = ec2.region(call.region);
      const tags = readTags(Tags);
      for (const id of Resources) mustExist(region, id);
      for (const id of Resources) region.tags.put(id, tags);
      return {};
    },
  };
}

/** Takes tags away: by key, or by key and value; all of them when none is named. */
export function deleteTags(ec2: Ec2): Operation<DeleteTagsRequest, object> {
  return {
    resources: ({ Resources }, call) => named(ec2, Resources, call),
    conditions: ({ Tags = [] }) => ({ 'aws:TagKeys': Tags.map(({ Key = '' }) => Key) }),
    run({ Resources = [], Tags }, call) {
      const region = ec2.region(call.region);
      for (const id of Resources) mustExist(region, id);
      for (const id of Resources) region.tags.remove(id, Tags?.length ? Tags : undefined);
      return {};
    },
  };
}

const named = (ec2: Ec2, ids: string[] | undefined, call: Call): Judged[] =>
  (ids ?? []).map((id) => {
    const kind = kindOf(id);
    return existing(ec2, call, { type: kind ? resourceTypeOf(kind) : '*', id });
  });

function mustExist(region: Region, id: string): void {
  const kind = kindOf(id);
  const rules = new Map(
    [...region.groups.values()].flatMap((group) => [...group.rules.values()].map((r) => [r.ruleId, r])),
  );
  const things = {
    vpc: region.vpcs,
    subnet: region.subnets,
    gateway: region.gateways,
    vpnGateway: region.vpnGateways,
    networkAcl: region.networkAcls,
    routeTable: region.routeTables,
    group: region.groups,
    rule: rules,
    instance: region.instances,
    interface: region.interfaces,
    volume: region.volumes,
    keyPair: region.keyPairs,
    address: region.elasticIps,
    // AWS's own belong to no account, and take no tags.
    prefixList: new Map<string, never>(),
  };
  if (!kind) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  find<unknown>(things[kind], kind, id);
}
