import type { DescribeAccountAttributesRequest, DescribeAccountAttributesResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../wire/service.ts';
import { ADDRESSES_PER_REGION } from './elastic-ips/allocate-address.ts';
import { GROUPS_PER_INTERFACE } from './instances/launch-request.ts';

/** What is enforced here. "max-elastic-ips" and "supported-platforms" are of EC2-Classic, which is gone. */
const ATTRIBUTES: Record<string, number> = {
  'vpc-max-elastic-ips': ADDRESSES_PER_REGION,
  'vpc-max-security-groups-per-interface': GROUPS_PER_INTERFACE,
};

/** Describes what the account may have. */
export function describeAccountAttributes(): Operation<
  DescribeAccountAttributesRequest,
  DescribeAccountAttributesResult
> {
  return {
    run({ AttributeNames }) {
      const names: string[] = AttributeNames?.length ? AttributeNames : Object.keys(ATTRIBUTES);
      const unknown = names.find((name) => ATTRIBUTES[name] === undefined);
      if (unknown !== undefined) {
        throw new AwsError('InvalidParameterValue', `The account attribute ${unknown} is not part of this local AWS.`);
      }
      return {
        AccountAttributes: names.map((AttributeName) => ({
          AttributeName: AttributeName as never,
          AttributeValues: [{ AttributeValue: String(ATTRIBUTES[AttributeName]) }],
        })),
      };
    },
  };
}
