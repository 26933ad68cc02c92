/** An answer as it goes out. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
  /** Why the integration did not answer: in the access log only. */
  integrationError?: string;
}

/** API Gateway's own answers: { "message": "Not Found" }. */
export const message = (status: number, text: string): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(JSON.stringify({ message: text })),
});

export const internalServerError = (): Reply => message(500, 'Internal Server Error');

/** Hop-by-hop, or API Gateway's own to set. */
const notForwarded = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'upgrade']);

/**
 * Reads a function's answer, payload format 2.0: an object with a `statusCode` says all of it, anything else is the body
 * of a 200 in JSON. What cannot be read is "Internal Server Error".
 */
export function replyOf(payload: string): Reply {
  const value = JSON.parse(payload) as unknown;
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    const body = typeof value === 'string' ? value : value === null ? 'null' : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
  }
  const { statusCode, headers = {}, cookies = [], body, isBase64Encoded } = value as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return internalServerError();
  if (!isRecord(headers) || !Array.isArray(cookies)) return internalServerError();
  if (body !== undefined && body !== null && typeof body !== 'string') return internalServerError();
  const kept = Object.entries(headers)
    .map(([name, text]) => [name.toLowerCase(), String(text)] as const)
    .filter(([name]) => !notForwarded.has(name));
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(kept) },
    cookies: cookies.map(String),
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
