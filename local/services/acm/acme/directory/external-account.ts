import { flattenedVerify, type JWK } from 'jose';
import type { AcmeEndpoint, Binding } from '../endpoint.ts';
import { Problem } from './problem.ts';
import { checkPublicKey } from './public-key.ts';
import { type Jws, parseJson, protectedHeader, readJws, sameKey } from './signed.ts';

const MACS = ['HS256', 'HS384', 'HS512'];

/**
 * The binding that a registration proves to know (RFC 8555, section 7.3.4).
 * Throws `externalAccountRequired` when there is none, `unauthorized` when it is not good.
 */
export async function boundBy(
  endpoint: AcmeEndpoint,
  { given, jwk, url, now }: { given: unknown; jwk: JWK; url: string; now: Date },
): Promise<Binding> {
  if (given === undefined) {
    throw new Problem('externalAccountRequired', 'The endpoint requires an external account binding');
  }
  const jws = readJws(given);
  const header = protectedHeader(jws);
  if (typeof header.alg !== 'string' || !MACS.includes(header.alg)) {
    const detail = `The external account binding must be signed with one of ${MACS.join(', ')}`;
    throw new Problem('badSignatureAlgorithm', detail, { members: { algorithms: MACS } });
  }
  if ('nonce' in header) throw new Problem('malformed', 'The external account binding must not have a nonce');
  if (header.url !== url) throw new Problem('unauthorized', 'The external account binding is for another URL');
  const binding = [...endpoint.bindings.values()].find(({ keyId }) => keyId === header.kid);
  if (!binding || !isGood(binding, now)) throw notGood();
  const key = checkPublicKey(parseJson(await payloadOf(jws, binding, header.alg), 'The external account binding'));
  if (!(await sameKey(key, jwk))) {
    throw new Problem('unauthorized', 'The external account binding is for another account key');
  }
  return binding;
}

const isGood = ({ expiresAt, revokedAt }: Binding, now: Date): boolean =>
  revokedAt === undefined && (expiresAt === undefined || now < expiresAt);

/** One answer for every fault of the credentials: it does not disclose which key ids exist. */
const notGood = (): Problem => new Problem('unauthorized', 'The external account binding is not valid');

async function payloadOf(jws: Jws, { macKey }: Binding, alg: string): Promise<string> {
  const secret = Buffer.from(macKey, 'base64url');
  try {
    const { payload } = await flattenedVerify({ ...jws }, secret, { algorithms: [alg] });
    return Buffer.from(payload).toString();
  } catch {
    throw notGood();
  }
}
