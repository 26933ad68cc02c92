import type { PublicAccessBlockConfiguration, Tag } from '@aws-sdk/client-s3';
import type { PolicyDocument } from '../../permissions/policy.ts';

/** An object as it was put. */
export interface StoredObject {
  key: string;
  body: Uint8Array;
  /** With its quotation marks, as in the header. */
  etag: string;
  lastModified: Date;
  contentType: string;
  /** Cache-Control, Content-Disposition and the like, by the SDK's names. */
  headers: StoredHeaders;
  metadata: Record<string, string>;
  /** { ChecksumCRC32: "…" }, as the client has sent it. */
  checksum: Record<string, string>;
}

export interface StoredHeaders {
  CacheControl?: string;
  ContentDisposition?: string;
  ContentEncoding?: string;
  ContentLanguage?: string;
}

/** A bucket: private, without ACLs, encrypted, as new ones are since April 2023. */
export interface Bucket {
  name: string;
  region: string;
  account: string;
  createdAt: Date;
  /** By key. */
  objects: Map<string, StoredObject>;
  tags: Tag[];
  policy?: PolicyDocument;
  publicAccessBlock?: PublicAccessBlockConfiguration;
}

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;

/** Source: Amazon S3 User Guide, "Blocking public access": the default of new buckets; checked 2026-11-30. */
export const ALL_BLOCKED: PublicAccessBlockConfiguration = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
