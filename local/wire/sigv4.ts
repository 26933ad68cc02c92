import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { remembered } from '../remembered.ts';
import type { Credential } from './credential.ts';
import type { WireRequest } from './protocol.ts';

/**
 * The signature that a request should bear, by AWS Signature Version 4.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html; checked 2026-11-22.
 */
export function signatureOf(request: WireRequest, credential: Credential, secretAccessKey: string): string {
  const { date, region, service } = credential;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', signedAt(request), scope, sha256(canonicalRequest(request, credential))].join(
    '\n',
  );
  return hmac(signingKey(`${scope}/${secretAccessKey}`), toSign).toString('hex');
}

/** The key that a secret signs a scope's requests with, from "date/region/service/aws4_request/secret". It is good for a day, and so are AWS's own. */
const signingKey = remembered((of: string): KeyObject => {
  const [date = '', region = '', service = '', end = '', ...secret] = of.split('/');
  const key = [date, region, service, end].reduce<string | Buffer>(hmac, `AWS4${secret.join('/')}`);
  return createSecretKey(key as Buffer);
});

/** The instant the request says it was signed at: "20261122T120000Z". */
export function signedAt({ headers, query }: WireRequest): string {
  return [headers['x-amz-date']].flat()[0] ?? query.get('X-Amz-Date') ?? '';
}

function canonicalRequest({ method, path, query, headers, body, packed }: WireRequest, credential: Credential): string {
  const names = credential.signedHeaders;
  const lines = names.map((name) => `${name}:${[headers[name] ?? ''].flat().join(',').trim().replace(/\s+/g, ' ')}\n`);
  return [
    method,
    credential.service === 's3' ? path : canonicalPath(path),
    canonicalQuery(query),
    lines.join(''),
    names.join(';'),
    credential.service === 's3' ? signedPayload(credential, headers) : sha256(packed ?? body),
  ].join('\n');
}

/** What S3's clients say of the body: its hash, that it is signed in chunks, or not at all, as in every presigned URL. */
const signedPayload = ({ presigned }: Credential, headers: WireRequest['headers']): string =>
  [headers['x-amz-content-sha256']].flat()[0] ?? (presigned ? 'UNSIGNED-PAYLOAD' : '');

/** Every service but S3 signs the path encoded once more than it is sent. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  const trailing = path.endsWith('/') && segments.length > 0 ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
}

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([key]) => key !== 'X-Amz-Signature')
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join('&');

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer | KeyObject, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();
