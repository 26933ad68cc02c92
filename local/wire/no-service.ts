import type { WireAnswer, WireRequest } from './protocol.ts';
import { element, escapeXml, XML_HEADER } from './xml.ts';

/** The answer for a service that the local AWS does not have, in JSON or XML as the request lets guess. */
export function noService({ headers }: WireRequest, name: string | undefined): WireAnswer {
  const code = 'NotImplemented';
  const message = name
    ? `The service "${name}" is not part of the local AWS`
    : 'Cannot tell which service this request is for: it is not signed and bears no X-Amz-Target, Action or known path';
  if (headers['x-amz-target'] || headers['content-type']?.includes('json')) {
    const json = { 'content-type': 'application/json', 'x-amzn-errortype': code };
    return { status: 501, headers: json, body: JSON.stringify({ __type: code, message }) };
  }
  const error = element('Code', undefined, code) + element('Message', undefined, escapeXml(message));
  return {
    status: 501,
    headers: { 'content-type': 'text/xml', 'x-amzn-errortype': code },
    body: XML_HEADER + element('ErrorResponse', undefined, element('Error', undefined, error)),
  };
}
