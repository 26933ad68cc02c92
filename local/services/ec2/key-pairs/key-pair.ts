import type { KeyPairInfo, KeyType } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/service.ts';
import type { Region } from '../region.ts';

export interface KeyPair {
  keyPairId: string;
  name: string;
  type: KeyType;
  fingerprint: string;
  createdAt: Date;
}

/** As DescribeKeyPairs shows it. */
export const shownKeyPair = (
  region: Region,
  { keyPairId, name, type, fingerprint, createdAt }: KeyPair,
): KeyPairInfo => ({
  KeyPairId: keyPairId,
  KeyName: name,
  KeyType: type,
  KeyFingerprint: fingerprint,
  CreateTime: createdAt,
  Tags: region.tags.shown(keyPairId),
});

/** The key pair of that name. Throws as EC2 does. */
export function findKeyPair({ keyPairs }: Region, name: string): KeyPair {
  const found = [...keyPairs.values()].find((pair) => pair.name === name);
  if (!found) throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
  return found;
}
