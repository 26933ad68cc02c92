import type { ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import { invalidArgument, notHere } from '../errors.ts';
import { CUSTOM_HEADERS_PER_POLICY, HEADER_BYTES_PER_POLICY, REMOVED_HEADERS_PER_POLICY } from '../quotas.ts';

/** Set by SecurityHeadersConfig alone. */
const SECURITY =
  /^(content-security-policy|x-content-type-options|x-frame-options|referrer-policy|strict-transport-security|x-xss-protection)$/i;

/**
 * What CloudFront neither adds nor removes. Source: CloudFront Developer Guide, "Understand response headers policies", "Headers that can't
 * be removed"; checked 2026-11-30.
 */
const UNTOUCHABLE =
  /^(connection|content-encoding|content-length|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/i;

/** Throws for a policy that CloudFront would not take. */
export function checkPolicy(config: ResponseHeadersPolicyConfig): void {
  const { Name = '', Comment = '', CustomHeadersConfig, RemoveHeadersConfig } = config;
  if (config.CorsConfig) throw notHere('The parameter CorsConfig of a response headers policy');
  if (config.SecurityHeadersConfig) throw notHere('The parameter SecurityHeadersConfig of a response headers policy');
  if (config.ServerTimingHeadersConfig?.Enabled)
    throw notHere('The parameter ServerTimingHeadersConfig of a response headers policy');
  if (!/^[\w-]{1,128}$/.test(Name)) throw invalidArgument('The parameter Name contains invalid characters.');
  if (Comment.length > 128) throw invalidArgument('The parameter Comment is too long.');
  const custom = CustomHeadersConfig?.Items ?? [];
  const removed = RemoveHeadersConfig?.Items ?? [];
  checkQuantity(CustomHeadersConfig, 'CustomHeaders');
  checkQuantity(RemoveHeadersConfig, 'RemoveHeaders');
  if (custom.length > CUSTOM_HEADERS_PER_POLICY) {
    throw tooMany('TooManyCustomHeadersInResponseHeadersPolicy', 'custom headers');
  }
  if (removed.length > REMOVED_HEADERS_PER_POLICY) {
    throw tooMany('TooManyRemoveHeadersInResponseHeadersPolicy', 'headers to remove');
  }
  checkNames(
    custom.map(({ Header = '' }) => Header),
    'CustomHeaders',
  );
  checkNames(
    removed.map(({ Header = '' }) => Header),
    'RemoveHeaders',
  );
  const bytes = custom.reduce((sum, { Header = '', Value = '' }) => sum + Header.length + Value.length, 0);
  if (bytes > HEADER_BYTES_PER_POLICY) {
    throw new AwsError(
      'TooLongCSPInResponseHeadersPolicy',
      'The length of the header values in the response headers policy exceeds the maximum.',
    );
  }
  const security = custom.find(({ Header = '' }) => SECURITY.test(Header));
  if (security) {
    throw invalidArgument(
      `The parameter CustomHeaders contains ${security.Header} that is a security header and cannot be set as custom header.`,
    );
  }
}

function checkNames(names: readonly string[], parameter: string): void {
  const bad = names.find((name) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || UNTOUCHABLE.test(name));
  if (bad !== undefined) throw invalidArgument(`The parameter ${parameter} contains ${bad} that is not allowed.`);
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw invalidArgument(`The parameter ${parameter} contains duplicate header names.`);
  }
}

function checkQuantity(
  list: { Quantity?: number | undefined; Items?: object[] | undefined } | undefined,
  name: string,
) {
  if (list && list.Quantity !== (list.Items?.length ?? 0)) {
    throw new AwsError('InconsistentQuantities', `The value of Quantity and the size of ${name} don't match.`);
  }
}

const tooMany = (code: string, what: string): AwsError =>
  new AwsError(code, `The number of ${what} in the response headers policy exceeds the maximum.`);
