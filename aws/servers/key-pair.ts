import { DescribeKeyPairsCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** Whether the account has a key pair of that name in the region. A filter, because an unknown name is no error. */
export async function hasKeyPair(ec2: EC2Client, name: string): Promise<boolean> {
  const { KeyPairs = [] } = await ec2.send(
    new DescribeKeyPairsCommand({ Filters: [{ Name: 'key-name', Values: [name] }] }),
  );
  return KeyPairs.some(({ KeyName }) => KeyName === name);
}
