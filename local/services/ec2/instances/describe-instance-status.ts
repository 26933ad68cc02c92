import type {
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  InstanceStatusSummary,
} from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { page } from '../paging.ts';
import { findInstances } from './find-instances.ts';
import { type Instance, shownState } from './instance.ts';

/** Describes how running instances fare; all others only on request. */
export function describeInstanceStatus(
  ec2: Ec2,
): Operation<DescribeInstanceStatusRequest, DescribeInstanceStatusResult> {
  const fields: Record<string, Field<Instance>> = {
    'availability-zone': ({ networkInterface }) => networkInterface.subnet.zone.name,
    'instance-state-code': ({ state }) => shownState(state).Code,
    'instance-state-name': ({ state }) => state,
    'instance-status.status': (instance) => summary(instance).Status,
    'instance-status.reachability': (instance) => summary(instance).Details?.[0]?.Status,
    'system-status.status': (instance) => summary(instance).Status,
    'system-status.reachability': (instance) => summary(instance).Details?.[0]?.Status,
  };
  return {
    run({ InstanceIds, Filters, MaxResults, NextToken, IncludeAllInstances }, call) {
      const { instances } = ec2.region(call.region);
      const asked = InstanceIds?.length ? findInstances(ec2.region(call.region), InstanceIds) : [...instances.values()];
      const shown = asked.filter(({ state }) => IncludeAllInstances || state === 'running');
      const found = filtered(shown, Filters, { fields });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: InstanceIds, idsName: 'instancesSet' });
      return {
        InstanceStatuses: items.map((instance) => ({
          InstanceId: instance.instanceId,
          AvailabilityZone: instance.networkInterface.subnet.zone.name,
          AvailabilityZoneId: instance.networkInterface.subnet.zone.id,
          InstanceState: shownState(instance.state),
          InstanceStatus: summary(instance),
          SystemStatus: summary(instance),
        })),
        ...next,
      };
    },
  };
}

function summary({ state, checkedAt }: Instance): InstanceStatusSummary {
  if (state !== 'running') return { Status: 'not-applicable' };
  return checkedAt
    ? { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] }
    : { Status: 'initializing', Details: [{ Name: 'reachability', Status: 'initializing' }] };
}
