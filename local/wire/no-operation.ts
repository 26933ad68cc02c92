import type { WireAnswer } from './protocol.ts';
import type { Service } from './service.ts';

/**
 * What AWS answers to a method and path that no operation of the service has, such as one with an empty id; undefined where
 * the operation is named otherwise than by its path. Source: issue 1008 of localstack/localstack for JSON, the tests of
 * dynalite for XML; checked 2026-12-01.
 */
export function noOperation({ protocol }: Service, requestId: string): WireAnswer | undefined {
  const headers = { 'x-amzn-requestid': requestId };
  if (protocol === 'restXml') return { status: 404, headers, body: '<UnknownOperationException/>\n' };
  if (protocol !== 'restJson1') return undefined;
  const message = 'Unable to determine service/operation name to be authorized';
  return {
    status: 403,
    headers,
    body: `<AccessDeniedException>\n  <Message>${message}</Message>\n</AccessDeniedException>\n`,
  };
}
