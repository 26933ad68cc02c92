import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type {
  CreateKeyPairRequest,
  ImportKeyPairRequest,
  ImportKeyPairResult,
  KeyType,
  KeyPair as MadeKeyPair,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { newIdOf } from '../ids.ts';
import { notHere } from '../not-here.ts';
import { created } from '../permissions.ts';
import type { Region } from '../region.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import type { KeyPair } from './key-pair.ts';

/** Makes a key pair, whose private key it answers this once. */
export function createKeyPair(ec2: Ec2): Operation<CreateKeyPairRequest, MadeKeyPair> {
  return {
    resources: ({ TagSpecifications }, call) => [created(call, 'key-pair', TagSpecifications)],
    run({ KeyName: name, KeyType: type = 'rsa', KeyFormat = 'pem', TagSpecifications }, call) {
      if (KeyFormat !== 'pem') throw notHere(`The key format "${KeyFormat}"`);
      const { privateKey, publicKey } = keysOf(type);
      const region = ec2.region(call.region);
      const pair = put(ec2, region, { name, type, fingerprint: fingerprintOf(publicKey), TagSpecifications });
      return {
        KeyName: pair.name,
        KeyPairId: pair.keyPairId,
        KeyFingerprint: pair.fingerprint,
        KeyMaterial: privateKey,
        Tags: region.tags.shown(pair.keyPairId),
      };
    },
  };
}

/** Takes the public key of a pair that was made elsewhere, as OpenSSH or PEM writes it. */
export function importKeyPair(ec2: Ec2): Operation<ImportKeyPairRequest, ImportKeyPairResult> {
  return {
    resources: ({ TagSpecifications }, call) => [created(call, 'key-pair', TagSpecifications)],
    run({ KeyName: name, PublicKeyMaterial, TagSpecifications }, call) {
      const text = Buffer.from(PublicKeyMaterial ?? []).toString();
      const region = ec2.region(call.region);
      const pair = put(ec2, region, { name, type: typeOf(text), fingerprint: fingerprintOf(text), TagSpecifications });
      return {
        KeyName: pair.name,
        KeyPairId: pair.keyPairId,
        KeyFingerprint: pair.fingerprint,
        Tags: region.tags.shown(pair.keyPairId),
      };
    },
  };
}

function put(
  ec2: Ec2,
  region: Region,
  {
    name = '',
    TagSpecifications,
    ...of
  }: { name: string | undefined; TagSpecifications: TagSpecification[] | undefined } & Pick<
    KeyPair,
    'type' | 'fingerprint'
  >,
): KeyPair {
  if (name === '') throw new AwsError('MissingParameter', 'The request must contain the parameter KeyName');
  if ([...region.keyPairs.values()].some((pair) => pair.name === name)) {
    throw new AwsError('InvalidKeyPair.Duplicate', `The key pair '${name}' already exists`);
  }
  const tags = tagsOnCreate(TagSpecifications, 'keyPair');
  const pair = { keyPairId: newIdOf(ec2.host.draws, 'keyPair'), name, createdAt: ec2.host.clock.now(), ...of };
  region.keyPairs.set(pair.keyPairId, pair);
  region.tags.put(pair.keyPairId, tags);
  return pair;
}

/** The private key as it is answered, and the public one, in PEM. */
function keysOf(type: KeyType): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } =
    type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}

const fingerprintOf = (publicKey: string): string =>
  (createHash('sha1').update(publicKey).digest('hex').match(/../g) ?? []).join(':');

/** Throws as EC2 does for what is no public key. */
function typeOf(text: string): KeyType {
  if (/^ssh-ed25519 [A-Za-z0-9+/=]+/.test(text)) return 'ed25519';
  if (/^ssh-rsa [A-Za-z0-9+/=]+/.test(text)) return 'rsa';
  try {
    return createPublicKey(text).asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa';
  } catch {
    throw new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
  }
}
