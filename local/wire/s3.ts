import { createHash } from 'node:crypto';
import type { NormalizedSchema } from '@smithy/core/schema';
import { readBindings, writeBindings } from './http-bindings.ts';
import type { Model, OperationModel } from './model.ts';
import type { WireAnswer, WireProtocol, WireRequest } from './protocol.ts';
import { AwsError } from './service.ts';
import { element, escapeXml, readXml, writeXmlMembers, XML_HEADER } from './xml.ts';

const MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema';

/** REST-XML as S3 has it: the bucket is the first segment of the path, bodies are bytes, errors stand alone. */
export const s3: WireProtocol = {
  operation: (request, model) => operationIn(request, model)?.name,
  async decode(request, operation) {
    const { bucket, key } = placeIn(request.path);
    if (operation.name === 'DeleteObjects') checkIntegrity(request);
    if (operation.name === 'PutObject') checkLength(request);
    const input = await readBindings({ ...request, path: key === '' ? '/' : `/${key}` }, operation, readXml);
    return {
      ...input,
      ...(bucket !== '' && { Bucket: decodeURIComponent(bucket) }),
      ...(key !== '' && { Key: decodeURIComponent(key) }),
    };
  },
  encode(output, operation, { model, requestId }) {
    const { output: schema, http } = operation;
    const { headers, body, payload, status } = writeBindings(schema, (output ?? {}) as Record<string, unknown>);
    return {
      status: status ?? http?.status ?? 200,
      headers: { ...ownHeaders(requestId), 'content-type': 'application/xml', ...headers },
      body: payload ? payloadBody(payload, model) : membersBody(operation, body, model),
    };
  },
  encodeError({ code, message, status, members }, { requestId }): WireAnswer {
    const ids = { RequestId: shortId(requestId), HostId: hostId(requestId) };
    // Of what is wrong with a document S3 says no more.
    const said = code === 'MalformedXML' ? MALFORMED : message;
    const fields = { Code: code, Message: said, ...members, ...ids };
    const content = Object.entries(fields).map(([name, value]) => element(name, undefined, escapeXml(String(value))));
    return {
      status,
      headers: { ...ownHeaders(requestId), 'content-type': 'application/xml' },
      body: XML_HEADER + element('Error', undefined, content.join('')),
    };
  },
};

/** Throws where the body bears no checksum. Source: Amazon S3 API Reference, "DeleteObjects"; checked 2026-11-30. */
function checkIntegrity({ headers, body }: WireRequest): void {
  const bears = Object.keys(headers).some((name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'));
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { status: 400 });
  }
  if (bears) return;
  const message = 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*';
  throw new AwsError('InvalidRequest', message, { status: 400 });
}

/** Throws for a body in chunks of HTTP alone: S3 wants to know its length before. Source: public reports of this refusal; checked 2026-12-01. */
function checkLength({ headers }: WireRequest): void {
  const isChunked = /\bchunked\b/i.test(String(headers['transfer-encoding'] ?? ''));
  if (!isChunked || headers['x-amz-decoded-content-length'] !== undefined) return;
  const message = 'A header you provided implies functionality that is not implemented';
  throw new AwsError('NotImplemented', message, { status: 501, Header: 'Transfer-Encoding' });
}

/** "/bucket/a/b" is the bucket "bucket" and the key "a/b", both still encoded; a slash at the end is a part of the key. */
export function placeIn(path: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return { bucket, key };
}

/**
 * The operation of a method, of a place (all buckets, a bucket, an object) and of the query: "?policy" is GetBucketPolicy. Of several,
 * as PutObject and CopyObject, the one of which most of what it needs is there.
 */
function operationIn({ method, path, query, headers }: WireRequest, model: Model): OperationModel | undefined {
  const { bucket, key } = placeIn(path);
  const template = key === '' ? '/' : '/{Key+}';
  let best: { operation: OperationModel; met: number } | undefined;
  for (const operation of model.operations.values()) {
    const [wanted, constants = ''] = operation.http?.path.split('?') ?? [];
    if (operation.http?.method !== method || wanted !== template || takesBucket(operation) !== (bucket !== ''))
      continue;
    const needed = [...new URLSearchParams(constants)].filter(([name]) => name !== 'x-id');
    if (!needed.every(([name, value]) => query.get(name) === value)) continue;
    const bound = requiredOutside(operation);
    if (!bound.every((name) => query.has(name) || name.toLowerCase() in headers)) continue;
    const met = needed.length + bound.length;
    if (!best || met > best.met) best = { operation, met };
  }
  return best?.operation;
}

const takesBucket = ({ input }: OperationModel): boolean =>
  !input.isUnitSchema() && input.getMemberSchemas().Bucket !== undefined;

/** The queries and headers of an operation that its input requires: "partNumber", "x-amz-copy-source". */
function requiredOutside({ input }: OperationModel): string[] {
  if (input.isUnitSchema()) return [];
  // A static structure schema is [kind, namespace, name, traits, names, schemas, how many of the first are required].
  const required = Number((input.getSchema() as unknown[])[6] ?? 0);
  return [...input.structIterator()].slice(0, required).flatMap(([, member]) => {
    const { httpQuery, httpHeader } = member.getMergedTraits() as { httpQuery?: string; httpHeader?: string };
    return httpQuery ?? httpHeader ?? [];
  });
}

function payloadBody(
  { schema, value }: { schema: NormalizedSchema; value: unknown },
  model: Model,
): string | Uint8Array {
  if (value === undefined || value === null) return '';
  if (schema.isBlobSchema()) return value as Uint8Array;
  if (schema.isStringSchema()) return String(value);
  const { xmlName } = schema.getMergedTraits();
  return XML_HEADER + element(String(xmlName ?? schema.getName()), model.xmlNamespace, writeXmlMembers(schema, value));
}

function membersBody({ name, output: schema }: OperationModel, body: object, model: Model): string {
  if (Object.keys(body).length === 0) return '';
  // Its one member stands without an element around it.
  if (name === 'GetBucketLocation') {
    return (
      XML_HEADER +
      writeXmlMembers(schema, body).replace('<LocationConstraint', `<LocationConstraint xmlns="${model.xmlNamespace}"`)
    );
  }
  const root = schema.getMergedTraits().xmlName ?? schema.getName();
  return XML_HEADER + element(String(root), model.xmlNamespace, writeXmlMembers(schema, body));
}

const ownHeaders = (requestId: string): Record<string, string> => ({
  'x-amz-request-id': shortId(requestId),
  'x-amz-id-2': hostId(requestId),
  server: 'AmazonS3',
});

const shortId = (requestId: string): string => requestId.replaceAll('-', '').slice(0, 16).toUpperCase();

const hostId = (requestId: string): string => Buffer.from(requestId).toString('base64');
