import { calculateJwkThumbprint } from 'jose';
import { uuid } from '../arns.ts';
import type { AcmeAccount, AcmeEndpoint } from '../endpoint.ts';
import type { AccountExchange, Answer, Exchange } from './exchange.ts';
import { boundBy } from './external-account.ts';
import { Problem } from './problem.ts';
import { checkPublicKey } from './public-key.ts';
import { asObject, parseJson, protectedHeader, readJws, sameKey, verify } from './signed.ts';

/** Registers an account, or says which one the key has (RFC 8555, section 7.3). */
export async function newAccount({ acme, endpoint, signed }: Exchange): Promise<Answer> {
  const payload = signed.payload ?? {};
  const known = accountOfKey(endpoint, signed.thumbprint);
  if (known) return knownAnswer(known);
  if (payload.onlyReturnExisting === true) {
    throw new Problem('accountDoesNotExist', 'There is no account with this key');
  }
  const contacts = readContacts(payload.contact);
  if (endpoint.contact === 'REQUIRED' && contacts.length === 0) {
    throw new Problem('invalidContact', 'The endpoint requires a contact email address');
  }
  const now = acme.acm.host.clock.now();
  const given = payload.externalAccountBinding;
  const url = `${endpoint.url}/new-account`;
  const binding = await boundBy(endpoint, { given, jwk: signed.jwk, url, now });
  // Another registration of the same key may have been answered meanwhile.
  const registered = accountOfKey(endpoint, signed.thumbprint);
  if (registered) return knownAnswer(registered);
  binding.lastUsedAt = now;
  const id = uuid(acme.acm.host.draws, 'acm:acme-account');
  const account: AcmeAccount = {
    id,
    url: `${endpoint.url}/acct/${id}`,
    status: 'VALID',
    contacts,
    jwk: signed.jwk,
    thumbprint: signed.thumbprint,
    createdAt: now,
    bindingArn: binding.arn,
    roleArn: binding.roleArn,
    externalAccountBinding: given as object,
  };
  endpoint.accounts.set(account.url, account);
  return accountAnswer(account, 201);
}

function knownAnswer(known: AcmeAccount): Answer {
  if (known.status === 'VALID') return accountAnswer(known, 200);
  throw new Problem('unauthorized', `The account is ${known.status.toLowerCase()}`);
}

/** Shows an account, changes its contacts or deactivates it. */
export function manageAccount({ signed, account, id }: AccountExchange): Answer {
  if (account.id !== id) throw new Problem('unauthorized', 'The account is not the one that signs');
  const { contact, status } = signed.payload ?? {};
  if (status !== undefined && status !== 'deactivated') {
    throw new Problem('malformed', 'The status of an account can be set to "deactivated" alone');
  }
  if (contact !== undefined) account.contacts = readContacts(contact);
  if (status === 'deactivated') account.status = 'DEACTIVATED';
  return accountAnswer(account, 200);
}

/** Gives an account another key (RFC 8555, section 7.3.5). */
export async function changeAccountKey({ endpoint, signed, account }: AccountExchange): Promise<Answer> {
  const inner = readJws(signed.payload);
  const { alg, jwk, url, nonce } = protectedHeader(inner);
  const key = checkPublicKey(jwk);
  if (nonce !== undefined) throw new Problem('malformed', 'The inner JWS must not have a nonce');
  if (url !== `${endpoint.url}/key-change`) throw new Problem('malformed', 'The inner JWS is for another URL');
  const said = asObject(parseJson(await verify(inner, key, String(alg)), 'The inner payload'), 'The inner payload');
  if (said.account !== account.url) throw new Problem('malformed', 'The inner JWS names another account');
  if (!(await sameKey(checkPublicKey(said.oldKey), account.jwk))) {
    throw new Problem('malformed', 'The inner JWS names another old key');
  }
  const thumbprint = await calculateJwkThumbprint(key);
  const other = accountOfKey(endpoint, thumbprint);
  if (other) {
    throw new Problem('malformed', 'An account with the new key exists', {
      status: 409,
      headers: { location: other.url },
    });
  }
  Object.assign(account, { jwk: key, thumbprint });
  return accountAnswer(account, 200);
}

/** The orders of an account that are not over. */
export function listOrders({ endpoint, account, id }: AccountExchange): Answer {
  if (account.id !== id) throw new Problem('unauthorized', 'The account is not the one that signs');
  const own = [...endpoint.orders.values()].filter((order) => order.account === account && order.status !== 'invalid');
  return { status: 200, body: { orders: own.map(({ url }) => url) } };
}

const accountOfKey = (endpoint: AcmeEndpoint, thumbprint: string): AcmeAccount | undefined =>
  [...endpoint.accounts.values()].find((one) => one.thumbprint === thumbprint);

const accountAnswer = (account: AcmeAccount, status: number): Answer => ({
  status,
  headers: { location: account.url },
  body: {
    status: account.status.toLowerCase(),
    ...(account.contacts.length > 0 ? { contact: account.contacts } : {}),
    orders: `${account.url}/orders`,
    externalAccountBinding: account.externalAccountBinding,
  },
});

function readContacts(given: unknown): string[] {
  if (given === undefined) return [];
  if (!Array.isArray(given) || !given.every((one) => typeof one === 'string')) {
    throw new Problem('malformed', 'The contact must be a list of URLs');
  }
  for (const contact of given as string[]) {
    if (!contact.startsWith('mailto:')) {
      throw new Problem('unsupportedContact', `The contact "${contact}" is not supported: use a mailto URL`);
    }
    if (!/^mailto:[^\s@,?]+@[^\s@,?]+\.[^\s@,?]+$/.test(contact)) {
      throw new Problem('invalidContact', `The contact "${contact}" is not one email address`);
    }
  }
  return given as string[];
}
