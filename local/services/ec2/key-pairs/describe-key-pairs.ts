import type {
  DeleteKeyPairRequest,
  DeleteKeyPairResult,
  DescribeKeyPairsRequest,
  DescribeKeyPairsResult,
} from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { existing } from '../permissions.ts';
import { findKeyPair, type KeyPair, shownKeyPair } from './key-pair.ts';

/** Describes key pairs: by name or id, or all of the region. */
export function describeKeyPairs(ec2: Ec2): Operation<DescribeKeyPairsRequest, DescribeKeyPairsResult> {
  const fields: Record<string, Field<KeyPair>> = {
    'key-pair-id': ({ keyPairId }) => keyPairId,
    'key-name': ({ name }) => name,
    fingerprint: ({ fingerprint }) => fingerprint,
  };
  return {
    run({ KeyNames = [], KeyPairIds = [], Filters }, call) {
      const region = ec2.region(call.region);
      const named = [
        ...KeyNames.map((name) => findKeyPair(region, name)),
        ...KeyPairIds.map((id) => find(region.keyPairs, 'keyPair', id)),
      ];
      const all = named.length > 0 ? named : [...region.keyPairs.values()];
      const found = filtered(all, Filters, { fields, tags: ({ keyPairId }) => region.tags.of(keyPairId) });
      return { KeyPairs: found.map((pair) => shownKeyPair(region, pair)) };
    },
  };
}

/** Deletes a key pair; one that is not there is as good. Instances keep the public key that they were launched with. */
export function deleteKeyPair(ec2: Ec2): Operation<DeleteKeyPairRequest, DeleteKeyPairResult> {
  const found = (region: string, { KeyName, KeyPairId }: DeleteKeyPairRequest) =>
    [...ec2.region(region).keyPairs.values()].find(
      ({ name, keyPairId }) => name === KeyName || keyPairId === KeyPairId,
    );
  return {
    resources: (input, call) => [
      existing(ec2, call, { type: 'key-pair', id: found(call.region, input)?.name ?? input.KeyName }),
    ],
    run(input, call) {
      const region = ec2.region(call.region);
      const pair = found(call.region, input);
      if (!pair) return { Return: true };
      region.keyPairs.delete(pair.keyPairId);
      region.tags.forget(pair.keyPairId);
      return { Return: true, KeyPairId: pair.keyPairId };
    },
  };
}
