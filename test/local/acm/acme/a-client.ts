import type { webcrypto } from 'node:crypto';
import { request } from 'node:https';
import { calculateJwkThumbprint, exportJWK, FlattenedSign, generateKeyPair, type JWK } from 'jose';
import type { AnEndpoint } from './an-endpoint.ts';

export interface Answered {
  status: number;
  headers: Record<string, string>;
  /** Parsed where it is JSON. */
  body: Record<string, unknown>;
  text: string;
}

interface Key {
  jwk: JWK;
  privateKey: webcrypto.CryptoKey;
}

/** Overrides of what a request would have: to send what no client sends. */
export interface Wrong {
  alg?: string;
  url?: string;
  nonce?: string;
  /** Further members of the protected header; `undefined` takes one away. */
  header?: Record<string, unknown>;
  contentType?: string;
}

/** A client that speaks RFC 8555 word by word, by jose, so that each word can be wrong. */
export async function aClient(at: Pick<AnEndpoint, 'agent' | 'directoryUrl'>) {
  const base = at.directoryUrl.replace(/\/directory$/, '');
  const url = (path: string) => (path.startsWith('https:') ? path : `${base}${path}`);
  const key = await newKey();
  let account = '';

  const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const sent = request(url(path), { method, headers, agent: at.agent }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        const type = response.headers['content-type'] ?? '';
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          body: type.includes('json') ? JSON.parse(text || '{}') : {},
          text,
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });

  const nonce = async (): Promise<string> => (await ask('HEAD', '/new-nonce')).headers['replay-nonce'] ?? '';

  const sign = async (path: string, payload: object | '', signer: Key, wrong: Wrong, kid?: string) =>
    new FlattenedSign(new TextEncoder().encode(payload === '' ? '' : JSON.stringify(payload)))
      .setProtectedHeader({
        alg: wrong.alg ?? 'ES256',
        nonce: wrong.nonce ?? (await nonce()),
        url: wrong.url ?? url(path),
        ...(kid ? { kid } : { jwk: signer.jwk }),
        ...wrong.header,
      } as never)
      .sign(signer.privateKey);

  /** A signed POST by the account, or by the key where there is none yet; '' is POST-as-GET. */
  const post = async (
    path: string,
    payload: object | '',
    { by = 'account', signer = key, ...wrong }: Wrong & { by?: 'account' | 'key'; signer?: Key } = {},
  ): Promise<Answered> => {
    const jws = await sign(path, payload, signer, wrong, by === 'account' ? account : undefined);
    return ask('POST', path, JSON.stringify(jws), { 'content-type': wrong.contentType ?? 'application/jose+json' });
  };

  const bindingOf = async (
    { keyId, macKey }: { keyId: string; macKey: string },
    { alg = 'HS256', jwk = key.jwk, to = url('/new-account') } = {},
  ) =>
    new FlattenedSign(new TextEncoder().encode(JSON.stringify(jwk)))
      .setProtectedHeader({ alg, kid: keyId, url: to } as never)
      .sign(Buffer.from(macKey, 'base64url'));

  return {
    key,
    ask,
    nonce,
    post,
    bindingOf,
    /** The account's URL. */
    account: () => account,
    as: (other: string) => {
      account = other;
    },
    thumbprint: () => calculateJwkThumbprint(key.jwk),
    register: async (binding: { keyId: string; macKey: string }, payload: object = {}): Promise<Answered> => {
      const externalAccountBinding = await bindingOf(binding);
      const answered = await post('/new-account', { externalAccountBinding, ...payload }, { by: 'key' });
      account = answered.headers.location ?? '';
      return answered;
    },
    order: (...names: string[]) => post('/new-order', { identifiers: names.map((value) => ({ type: 'dns', value })) }),
  };
}

export type AClient = Awaited<ReturnType<typeof aClient>>;

export async function newKey(): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { jwk: await exportJWK(publicKey), privateKey };
}
