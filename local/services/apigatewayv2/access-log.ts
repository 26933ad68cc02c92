import type { AccessLogSettings } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from './api.ts';

/** Where a stage writes a line for each request, and which. */
export interface AccessLog {
  /** As it was given, with or without the ":*" at its end. */
  destinationArn: string;
  group: string;
  format: string;
}

/** What is known of one request, by the names that a format has for it after "$context.". */
export type AccessContext = Record<string, string | number | undefined>;

/**
 * Source: API Gateway V2 API Reference, AccessLogSettings (one line, with `$context.requestId` at least); checked 2026-11-29.
 */
export function accessLogOf(settings: AccessLogSettings | undefined): AccessLog | undefined {
  if (!settings) return undefined;
  const { DestinationArn: destinationArn = '', Format: format = '' } = settings;
  const group = /^arn:aws:logs:[\w-]+:\d{12}:log-group:([^:]+)(?::\*)?$/.exec(destinationArn)?.[1];
  if (group === undefined) throw badRequest(`Destination ARN "${destinationArn}" is not a log group's`);
  if (/[\r\n]/.test(format)) throw badRequest('The access log format must be a single line');
  if (!/\$context\.(requestId|extendedRequestId)\b/.test(format))
    throw badRequest('The access log format must include $context.requestId or $context.extendedRequestId');
  return { destinationArn, group, format };
}

/** The line of one request: what is not known is "-", and nothing is escaped. */
export function accessLine({ format }: AccessLog, context: AccessContext): string {
  return format.replace(/\$context\.([a-zA-Z]\w*(?:\.\w+)*)/g, (_, name: string) => String(context[name] ?? '-'));
}
