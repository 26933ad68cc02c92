import { calculateJwkThumbprint, flattenedVerify, importJWK, type JWK } from 'jose';
import type { AcmeAccount, AcmeEndpoint } from '../endpoint.ts';
import { Problem } from './problem.ts';
import { checkPublicKey } from './public-key.ts';

/** What a request's signature may be made with. Source: RFC 8555, section 6.2: neither "none" nor a MAC. */
const ALGORITHMS = ['RS256', 'ES256', 'ES384', 'ES512'];

/** Whether a request is signed by an account that is known, or by the key that it carries. */
export type SignedBy = 'account' | 'key' | 'either';

/** A request's JWS, verified. */
export interface Signed {
  jwk: JWK;
  thumbprint: string;
  /** Undefined when the key came with the request. */
  account: AcmeAccount | undefined;
  /** Undefined for POST-as-GET. */
  payload: Record<string, unknown> | undefined;
}

/** A flattened JWS as it was sent. */
export interface Jws {
  protected: string;
  payload: string;
  signature: string;
}

interface Header {
  alg: string;
  url: unknown;
  nonce: unknown;
  kid: unknown;
  jwk: unknown;
}

/**
 * Reads and verifies a request. Throws a Problem in the order of RFC 8555, section 6: form, algorithm, key, signature,
 * nonce, URL.
 */
export async function readSigned(
  endpoint: AcmeEndpoint,
  { body, url, by }: { body: string; url: string; by: SignedBy },
): Promise<Signed> {
  const jws = readJws(parseJson(body, 'The request body'));
  const header = readHeader(jws);
  const { jwk, account } = keyOf(endpoint, header, by);
  const payload = await verify(jws, jwk, header.alg);
  if (typeof header.nonce !== 'string' || !endpoint.nonces.take(header.nonce)) {
    throw new Problem('badNonce', 'The nonce is missing, was used before, or is not known');
  }
  if (header.url !== url) {
    throw new Problem('unauthorized', `The protected header's url is not that of the request, "${url}"`);
  }
  if (account && account.status !== 'VALID') {
    throw new Problem('unauthorized', `The account is ${account.status.toLowerCase()}`);
  }
  return {
    jwk,
    account,
    thumbprint: await calculateJwkThumbprint(jwk),
    payload: payload.length === 0 ? undefined : asObject(parseJson(payload, 'The payload'), 'The payload'),
  };
}

/** Throws `malformed` for what is no flattened JWS with everything protected. */
export function readJws(given: unknown): Jws {
  const jws = asObject(given, 'The JWS');
  const { protected: header, payload, signature } = jws;
  if ('header' in jws) throw new Problem('malformed', 'The JWS must not have an unprotected header');
  if ('signatures' in jws) throw new Problem('malformed', 'The JWS must have one signature, in the flattened form');
  if (typeof header !== 'string' || typeof payload !== 'string' || typeof signature !== 'string') {
    throw new Problem('malformed', 'The JWS must have the members protected, payload and signature');
  }
  return { protected: header, payload, signature };
}

/** The protected header, whatever it says. */
export const protectedHeader = (jws: Jws): Record<string, unknown> =>
  asObject(
    parseJson(Buffer.from(jws.protected, 'base64url').toString(), 'The protected header'),
    'The protected header',
  );

function readHeader(jws: Jws): Header {
  const { alg, url, nonce, kid, jwk, crit } = protectedHeader(jws);
  if (typeof alg !== 'string' || !ALGORITHMS.includes(alg)) {
    const detail = `The algorithm "${String(alg)}" is not supported: use one of ${ALGORITHMS.join(', ')}`;
    throw new Problem('badSignatureAlgorithm', detail, { members: { algorithms: ALGORITHMS } });
  }
  if (crit !== undefined) throw new Problem('malformed', 'No critical extension is supported');
  if ((kid === undefined) === (jwk === undefined)) {
    throw new Problem('malformed', 'The protected header must have exactly one of jwk and kid');
  }
  return { alg, url, nonce, kid, jwk };
}

function keyOf(
  endpoint: AcmeEndpoint,
  { kid, jwk }: Header,
  by: SignedBy,
): { jwk: JWK; account: AcmeAccount | undefined } {
  if (kid === undefined) {
    if (by === 'account') throw new Problem('malformed', 'This request must be signed by an account: kid is missing');
    return { jwk: checkPublicKey(jwk), account: undefined };
  }
  if (by === 'key') throw new Problem('malformed', 'This request must carry the key that signs it: jwk is missing');
  const account = endpoint.accounts.get(String(kid));
  if (!account) throw new Problem('accountDoesNotExist', `There is no account "${String(kid)}"`);
  return { jwk: account.jwk, account };
}

/** The payload. Throws `malformed` when the signature is not that of the key. */
export async function verify(jws: Jws, jwk: JWK, alg: string): Promise<string> {
  try {
    const { payload } = await flattenedVerify({ ...jws }, await importJWK(jwk, alg), { algorithms: [alg] });
    return Buffer.from(payload).toString();
  } catch {
    // jose's own errors and WebCrypto's: a key of another kind than the algorithm's, no base64url, another signature.
    throw new Problem('malformed', 'The signature cannot be verified');
  }
}

/** Compares and remembers public keys by what makes them up. */
export const sameKey = async (one: JWK, other: JWK): Promise<boolean> =>
  (await calculateJwkThumbprint(one)) === (await calculateJwkThumbprint(other));

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem('malformed', `${what} is not JSON`);
  }
}

export function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Problem('malformed', `${what} is not a JSON object`);
}
