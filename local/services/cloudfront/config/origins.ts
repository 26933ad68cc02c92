import { isIP } from 'node:net';
import type { CustomOriginConfig, DistributionConfig, Origin } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { bucketIn } from '../../s3/names.ts';
import { invalidArgument } from '../errors.ts';
import { CUSTOM_HEADERS_PER_ORIGIN, ORIGINS_PER_DISTRIBUTION } from '../quotas.ts';

// Ranges and sets. Source: SDK types of client-cloudfront 3.1164.0, and the developer guide's "Origin settings" where it
// allows more than they do; checked 2026-11-29.
const ATTEMPTS = [1, 3] as const;
const CONNECTION_SECONDS = [1, 10] as const;
const READ_SECONDS = [1, 120] as const;
const KEEP_ALIVE_SECONDS = [1, 300] as const;

/** Headers that CloudFront sets itself. Source: developer guide, "Custom headers that CloudFront can't add to origin requests"; checked 2026-11-29. */
const OWN_HEADERS =
  /^(cache-control|connection|content-length|cookie|host|if-(match|modified-since|none-match|range|unmodified-since)|max-forwards|pragma|proxy-(authenticate|authorization|connection)|range|request-range|te|trailer|transfer-encoding|upgrade|via|x-real-ip|x-amz-.*|x-edge-.*)$/i;

/** Throws for an origin that CloudFront would not take. */
export function checkOrigins({ Origins }: DistributionConfig, isAccessControl: (id: string) => boolean): void {
  const origins = Origins?.Items ?? [];
  if (origins.length === 0) throw invalidArgument('The parameter Origins must contain at least one origin.');
  if (origins.length > ORIGINS_PER_DISTRIBUTION) {
    throw new AwsError('TooManyOrigins', 'You cannot create more origins for the distribution.');
  }
  if (new Set(origins.map(({ Id }) => Id)).size < origins.length) {
    throw invalidArgument('The parameter Origin Id must be unique in the distribution.');
  }
  for (const origin of origins) {
    checkOrigin(origin);
    checkAccessControl(origin, isAccessControl);
  }
}

function checkOrigin(origin: Origin): void {
  const { DomainName = '', OriginPath = '', CustomOriginConfig: custom, S3OriginConfig: bucket } = origin;
  if (isIP(DomainName) !== 0 || !isDomainName(DomainName)) {
    throw invalidArgument('The parameter origin name must be a domain name.');
  }
  if (OriginPath !== '' && (!OriginPath.startsWith('/') || OriginPath.endsWith('/'))) {
    throw new AwsError('InvalidArgument', 'The parameter OriginPath must begin with / and must not end with it.');
  }
  if (custom && bucket)
    throw invalidArgument('The parameter origin must have one of CustomOriginConfig and S3OriginConfig.');
  if (!custom && !bucket) {
    throw new AwsError('InvalidOrigin', 'The specified origin server does not exist or is not valid.');
  }
  within(origin.ConnectionAttempts, ATTEMPTS, 'ConnectionAttempts');
  within(origin.ConnectionTimeout, CONNECTION_SECONDS, 'ConnectionTimeout');
  if (custom) checkCustomOrigin(custom);
  if (bucket) checkBucket(DomainName);
  checkCustomHeaders(origin);
  const completion = origin.ResponseCompletionTimeout;
  if (completion !== undefined && completion !== 0 && completion < (custom?.OriginReadTimeout ?? 30)) {
    throw invalidArgument('The parameter ResponseCompletionTimeout must not be less than OriginReadTimeout.');
  }
}

/** A bucket that does not exist is taken, and asked for in vain. */
function checkBucket(domainName: string): void {
  if (bucketIn(domainName)) return;
  throw invalidArgument('The parameter Origin DomainName does not refer to a valid S3 bucket.');
}

function checkAccessControl({ OriginAccessControlId: id }: Origin, exists: (id: string) => boolean): void {
  if (id && !exists(id)) {
    throw new AwsError(
      'InvalidOriginAccessControl',
      'The specified origin access control does not exist or is not valid.',
    );
  }
}

function checkCustomOrigin(custom: CustomOriginConfig): void {
  checkPort(custom.HTTPPort, 'HTTPPort');
  checkPort(custom.HTTPSPort, 'HTTPSPort');
  if (custom.OriginSslProtocols?.Items?.length === 0) {
    throw invalidArgument('The parameter OriginSslProtocols contains no protocol.');
  }
  within(custom.OriginReadTimeout, READ_SECONDS, 'OriginReadTimeout', 'InvalidOriginReadTimeout');
  within(custom.OriginKeepaliveTimeout, KEEP_ALIVE_SECONDS, 'OriginKeepaliveTimeout', 'InvalidOriginKeepaliveTimeout');
}

function checkCustomHeaders({ CustomHeaders }: Origin): void {
  const headers = CustomHeaders?.Items ?? [];
  if (headers.length > CUSTOM_HEADERS_PER_ORIGIN) {
    throw new AwsError('TooManyOriginCustomHeaders', 'Your request contains too many origin custom headers.');
  }
  const names = headers.map(({ HeaderName = '' }) => HeaderName);
  const bad = names.find((name) => OWN_HEADERS.test(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name));
  if (bad !== undefined) throw invalidArgument(`The parameter HeaderName : ${bad} is not allowed.`);
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw invalidArgument('The parameter HeaderName must be unique in an origin.');
  }
}

function checkPort(port: number | undefined, name: string): void {
  const allowed = port === 80 || port === 443 || (port !== undefined && port >= 1024 && port <= 65_535);
  if (!allowed) throw invalidArgument(`The parameter ${name} must be 80, 443 or between 1024 and 65535.`);
}

function within(
  value: number | undefined,
  [least, most]: readonly [number, number],
  name: string,
  code = 'InvalidArgument',
): void {
  if (value !== undefined && (!Number.isInteger(value) || value < least || value > most)) {
    throw new AwsError(code, `The parameter ${name} must be between ${least} and ${most}.`);
  }
}

const isDomainName = (name: string): boolean =>
  name.length <= 253 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(name);
