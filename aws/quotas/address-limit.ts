import { DescribeAccountAttributesCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** How many Elastic IP addresses the account may have in the region; undefined when AWS doesn't say. */
export async function readAddressLimit(ec2: EC2Client): Promise<number | undefined> {
  const { AccountAttributes = [] } = await ec2.send(
    new DescribeAccountAttributesCommand({ AttributeNames: [ADDRESSES as never] }),
  );
  const told = AccountAttributes.find(({ AttributeName }) => AttributeName === ADDRESSES);
  const value = told?.AttributeValues?.[0]?.AttributeValue;
  return value === undefined ? undefined : Number(value);
}

/** Source: DescribeAccountAttributes, checked 2026-11-22; the SDK's own type of names is shorter than AWS's list. */
const ADDRESSES = 'vpc-max-elastic-ips';
