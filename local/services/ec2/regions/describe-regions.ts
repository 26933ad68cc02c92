import type { DescribeRegionsRequest, DescribeRegionsResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { type Field, filtered } from '../filters.ts';

/** Those that every account has without asking. Source: AWS Account Management guide, "Available Regions", checked 2026-11-29. */
const REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

const FIELDS: Record<string, Field<string>> = {
  'region-name': (region) => region,
  endpoint: (region) => endpointOf(region),
  'opt-in-status': () => 'opt-in-not-required',
};

/** Describes the regions that are enabled for the account. */
export function describeRegions(): Operation<DescribeRegionsRequest, DescribeRegionsResult> {
  return {
    run({ RegionNames = [], Filters }) {
      const unknown = RegionNames.find((name) => !REGIONS.includes(name));
      if (unknown !== undefined) throw new AwsError('InvalidParameterValue', `Invalid region: [${unknown}]`);
      const named = RegionNames.length > 0 ? RegionNames : REGIONS;
      return {
        Regions: filtered(named, Filters, { fields: FIELDS }).map((region) => ({
          RegionName: region,
          Endpoint: endpointOf(region),
          OptInStatus: 'opt-in-not-required',
        })),
      };
    },
  };
}

const endpointOf = (region: string): string => `ec2.${region}.amazonaws.com`;
