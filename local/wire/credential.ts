import type { WireRequest } from './protocol.ts';

/** What a signed request says of its signature; from the Authorization header or from a presigned URL's query. */
export interface Credential {
  accessKeyId: string;
  /** "20261122" */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  sessionToken: string | undefined;
  presigned: boolean;
}

const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/;

/** The request's credential; undefined when it is unsigned or signed in another way than SigV4. */
export function credentialOf({ headers, query }: WireRequest): Credential | undefined {
  const header = HEADER.exec(headers.authorization ?? '');
  const presigned = !header && query.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256';
  const [scope, signedHeaders, signature] = header
    ? header.slice(1)
    : [query.get('X-Amz-Credential'), query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Signature')];
  const [accessKeyId, date, region, service] = scope?.split('/') ?? [];
  if (!accessKeyId || !date || !region || !service || !signedHeaders || !signature) return undefined;
  const token = presigned ? query.get('X-Amz-Security-Token') : [headers['x-amz-security-token']].flat()[0];
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: signedHeaders.split(';'),
    signature,
    sessionToken: token ?? undefined,
    presigned,
  };
}
