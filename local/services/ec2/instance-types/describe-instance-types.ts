import type {
  DescribeInstanceTypeOfferingsRequest,
  DescribeInstanceTypeOfferingsResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  InstanceTypeOffering,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { notHere } from '../not-here.ts';
import { page } from '../paging.ts';
import { type InstanceType, instanceTypes, isOffered, shownType } from './instance-type.ts';

/** Describes instance types: those that are named, or all. */
export function describeInstanceTypes(): Operation<DescribeInstanceTypesRequest, DescribeInstanceTypesResult> {
  const fields: Record<string, Field<InstanceType>> = {
    'instance-type': ({ name }) => name,
    'current-generation': ({ current }) => current,
    'processor-info.supported-architecture': ({ architecture }) => architecture,
    'vcpu-info.default-vcpus': ({ vcpus }) => vcpus,
  };
  return {
    run({ InstanceTypes, Filters, MaxResults, NextToken }) {
      const names: string[] = InstanceTypes ?? [];
      const unknown = names.filter((name) => !instanceTypes().some((type) => type.name === name));
      if (unknown.length > 0) {
        const message = `The following supplied instance types do not exist: [${unknown.join(', ')}]`;
        throw new AwsError('InvalidInstanceType', message);
      }
      const named = instanceTypes().filter(({ name }) => names.length === 0 || names.includes(name));
      const { items, ...next } = page(filtered(named, Filters, { fields }), { MaxResults, NextToken, ids: names });
      return { InstanceTypes: items.map(shownType), ...next };
    },
  };
}

/** Describes which types a region, or each zone of it, offers. */
export function describeInstanceTypeOfferings(
  ec2: Ec2,
): Operation<DescribeInstanceTypeOfferingsRequest, DescribeInstanceTypeOfferingsResult> {
  const fields: Record<string, Field<InstanceTypeOffering>> = {
    'instance-type': ({ InstanceType }) => InstanceType,
    location: ({ Location }) => Location,
  };
  return {
    run({ LocationType = 'region', Filters, MaxResults, NextToken }, call) {
      const { zones, name: region } = ec2.region(call.region);
      if (LocationType !== 'region' && LocationType !== 'availability-zone')
        throw notHere(`Location "${LocationType}"`);
      const all = instanceTypes().flatMap((type): InstanceTypeOffering[] =>
        (LocationType === 'region'
          ? [region]
          : zones.filter((zone) => isOffered(type, zone)).map(({ name }) => name)
        ).map((Location) => ({ InstanceType: type.name as never, LocationType, Location })),
      );
      const { items, ...next } = page(filtered(all, Filters, { fields }), { MaxResults, NextToken });
      return { InstanceTypeOfferings: items, ...next };
    },
  };
}
