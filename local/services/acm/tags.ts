import type {
  AddTagsToCertificateRequest,
  ListTagsForCertificateRequest,
  ListTagsForCertificateResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  RemoveTagsFromCertificateRequest,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-acm';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import type { Acm } from './acm.ts';
import { isAcmeArn } from './acme/arns.ts';
import { onCertificate } from './on-certificate.ts';
import { TAGS_PER_CERTIFICATE } from './quotas.ts';

/** The tags of a request. Throws InvalidTagException or TooManyTagsException. */
export function readTags(
  tags: Tag[] | undefined,
  present: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const all = new Map(present);
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (Key.toLowerCase().startsWith('aws:')) {
      throw new AwsError('InvalidTagException', 'aws: prefixed tag key names are not allowed for external use.');
    }
    all.set(Key, Value);
  }
  if (all.size > TAGS_PER_CERTIFICATE) {
    throw new AwsError('TooManyTagsException', `A certificate may have ${TAGS_PER_CERTIFICATE} tags at most.`);
  }
  return all;
}

/** The condition keys that a request's tags give. */
export function tagConditions(tags: Tag[] | undefined): Record<string, string[]> {
  const conditions: Record<string, string[]> = {};
  for (const { Key = '', Value = '' } of tags ?? []) conditions[`aws:RequestTag/${Key}`] = [Value];
  if (tags) conditions['aws:TagKeys'] = tags.map(({ Key = '' }) => Key);
  return conditions;
}

type Tagged = { tags: Map<string, string> };

/** A certificate, or what belongs to an ACME endpoint. */
function taggable(acm: Acm, arn: string | undefined, call: Call): Tagged {
  if (!isAcmeArn(arn ?? '')) return acm.certificates.get(arn, call);
  const found = acm.endpoints.tagged(arn ?? '', call.region);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', `Could not find ${arn} in account ${call.account}.`);
}

function add(certificate: Tagged, tags: Tag[] | undefined): void {
  for (const [key, value] of readTags(tags, certificate.tags)) certificate.tags.set(key, value);
}

/** A tag named without a value goes whatever its value is; with one, only if it has that value. */
function remove({ tags: present }: Tagged, tags: Tag[] | undefined): void {
  for (const { Key = '', Value } of tags ?? []) {
    if (Value === undefined || present.get(Key) === Value) present.delete(Key);
  }
}

const list = ({ tags }: Tagged): Tag[] => [...tags].map(([Key, Value]) => ({ Key, Value }));

export const addTagsToCertificate = (acm: Acm): Operation<AddTagsToCertificateRequest, object> => ({
  ...onCertificate<AddTagsToCertificateRequest>(acm, ({ Tags }) => tagConditions(Tags)),
  run(input, call) {
    add(acm.certificates.get(input.CertificateArn, call), input.Tags);
    return {};
  },
});

export const removeTagsFromCertificate = (acm: Acm): Operation<RemoveTagsFromCertificateRequest, object> => ({
  ...onCertificate<RemoveTagsFromCertificateRequest>(acm, ({ Tags }) => tagConditions(Tags)),
  run(input, call) {
    remove(acm.certificates.get(input.CertificateArn, call), input.Tags);
    return {};
  },
});

export const listTagsForCertificate = (
  acm: Acm,
): Operation<ListTagsForCertificateRequest, ListTagsForCertificateResponse> => ({
  ...onCertificate<ListTagsForCertificateRequest>(acm),
  run: (input, call) => ({ Tags: list(acm.certificates.get(input.CertificateArn, call)) }),
});

export const tagResource = (acm: Acm): Operation<TagResourceRequest, object> => ({
  ...onCertificate<TagResourceRequest>(acm, ({ Tags }) => tagConditions(Tags)),
  run(input, call) {
    add(taggable(acm, input.ResourceArn, call), input.Tags);
    return {};
  },
});

export const untagResource = (acm: Acm): Operation<UntagResourceRequest, object> => ({
  ...onCertificate<UntagResourceRequest>(acm),
  run(input, call) {
    remove(
      taggable(acm, input.ResourceArn, call),
      input.TagKeys?.map((Key) => ({ Key })),
    );
    return {};
  },
});

export const listTagsForResource = (acm: Acm): Operation<ListTagsForResourceRequest, ListTagsForResourceResponse> => ({
  ...onCertificate<ListTagsForResourceRequest>(acm),
  run: (input, call) => ({ Tags: list(taggable(acm, input.ResourceArn, call)) }),
});
