import { createHash } from 'node:crypto';
import type { PutObjectRequest } from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/service.ts';
import { crc32, crc32c, crc64nvme } from './crc.ts';
import { notHere } from './errors.ts';

const hashed = (algorithm: string) => (body: Uint8Array) => createHash(algorithm).update(body).digest('base64');

/** By the header's name in the SDK: the digest of a body, base64. */
const DIGESTS: Record<string, (body: Uint8Array) => string> = {
  ChecksumCRC32: crc32,
  ChecksumCRC32C: crc32c,
  ChecksumCRC64NVME: crc64nvme,
  ChecksumSHA1: hashed('sha1'),
  ChecksumSHA256: hashed('sha256'),
  ChecksumSHA512: hashed('sha512'),
  ChecksumMD5: hashed('md5'),
};

/** The checksum that came with an object, or S3's own where none did. Throws BadDigest for one that is wrong. */
export function checkedChecksum(input: PutObjectRequest, body: Uint8Array): Record<string, string> {
  if (input.ContentMD5 !== undefined && !isDigest(input.ContentMD5, 16)) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', { status: 400 });
  }
  if (input.ContentMD5 !== undefined && input.ContentMD5 !== hashed('md5')(body)) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { status: 400 });
  }
  const given = Object.entries(input).filter(
    ([name, value]) => name.startsWith('Checksum') && name !== 'ChecksumAlgorithm' && value !== undefined,
  ) as [string, string][];
  if (given.length > 1) {
    throw new AwsError(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
      { status: 400 },
    );
  }
  const [[name, value] = ['ChecksumCRC64NVME', undefined]] = given;
  const digest = DIGESTS[name];
  if (!digest) throw notHere(`The checksum ${name}`);
  const computed = digest(body);
  if (value === undefined || value === computed) return { [name]: computed };
  if (!isDigest(value, Buffer.from(computed, 'base64').length)) {
    const header = `x-amz-checksum-${name.slice('Checksum'.length).toLowerCase()}`;
    throw new AwsError('InvalidRequest', `Value for ${header} header is invalid.`, { status: 400 });
  }
  throw new AwsError(
    'BadDigest',
    `The ${name.slice('Checksum'.length)} you specified did not match the calculated checksum.`,
    { status: 400 },
  );
}

/** The same checksum of the same bytes, by another algorithm where one is asked for. */
export const checksumBy = (algorithm: string, body: Uint8Array): Record<string, string> => {
  const name = `Checksum${algorithm}`;
  const digest = DIGESTS[name];
  if (digest) return { [name]: digest(body) };
  throw new AwsError(
    'InvalidRequest',
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    { status: 400 },
  );
};

const isDigest = (text: string, bytes: number): boolean =>
  Buffer.from(text, 'base64').length === bytes && Buffer.from(text, 'base64').toString('base64') === text;
