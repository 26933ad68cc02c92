import { uuid } from '../arns.ts';
import { covers } from '../domain-scope.ts';
import type { AcmeEndpoint, Authorization, Order } from '../endpoint.ts';
import { NAMES_PER_ORDER } from '../quotas.ts';
import type { AccountExchange, Answer } from './exchange.ts';
import { Problem, problemOf } from './problem.ts';

/** How long orders and authorizations last. Source: ACM User Guide, the CloudTrail example of NewOrder; checked 2026-11-29. */
const LASTS_MS = 7 * 86_400_000;

const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/;
const MAX_NAME = 253;

/** Opens an order, which is ready at once: its names were approved beforehand, or it is refused. */
export function newOrder({ acme, endpoint, signed, account }: AccountExchange): Answer {
  const { identifiers, notBefore, notAfter } = signed.payload ?? {};
  if (notBefore !== undefined || notAfter !== undefined) {
    throw new Problem('malformed', 'The period of a certificate cannot be chosen: leave out notBefore and notAfter');
  }
  const names = readIdentifiers(identifiers);
  refuseUnapproved(endpoint, names);
  const { host } = acme.acm;
  const expiresAt = new Date(host.clock.now().getTime() + LASTS_MS);
  const authorizations = names.map((name): Authorization => {
    const id = uuid(host.draws, 'acm:acme-authorization');
    const authorization: Authorization = {
      url: `${endpoint.url}/authz/${id}`,
      account,
      name,
      expiresAt,
      status: 'valid',
    };
    endpoint.authorizations.set(id, authorization);
    return authorization;
  });
  const id = uuid(host.draws, 'acm:acme-order');
  const url = `${endpoint.url}/order/${id}`;
  const order: Order = { id, url, account, status: 'ready', expiresAt, names, authorizations };
  endpoint.orders.set(id, order);
  return orderAnswer(order, 201);
}

export const getOrder = (exchange: AccountExchange): Answer => orderAnswer(orderOf(exchange), 200);

/** The order that a request names, if it is the account's own. */
export function orderOf({ acme, endpoint, account, id }: AccountExchange): Order {
  const order = endpoint.orders.get(id);
  if (!order) throw new Problem('malformed', 'There is no such order', { status: 404 });
  if (order.account !== account) throw new Problem('unauthorized', 'The order is of another account');
  const over = order.status === 'ready' && order.expiresAt <= acme.acm.host.clock.now();
  const withdrawn = order.status === 'ready' && order.authorizations.some(({ status }) => status !== 'valid');
  if (over || withdrawn) order.status = 'invalid';
  return order;
}

export const orderAnswer = (order: Order, status: number): Answer => ({
  status,
  headers: { location: order.url },
  body: {
    status: order.status,
    expires: seconds(order.expiresAt),
    identifiers: order.names.map((value) => ({ type: 'dns', value })),
    authorizations: order.authorizations.map(({ url }) => url),
    finalize: `${order.url}/finalize`,
    ...(order.certificateUrl === undefined ? {} : { certificate: order.certificateUrl }),
    ...(order.error === undefined ? {} : { error: order.error }),
  },
});

/** Shows an authorization or deactivates it. No challenge is ever offered. */
export function manageAuthorization({ acme, endpoint, signed, account, id }: AccountExchange): Answer {
  const authorization = endpoint.authorizations.get(id);
  if (!authorization) throw new Problem('malformed', 'There is no such authorization', { status: 404 });
  if (authorization.account !== account) throw new Problem('unauthorized', 'The authorization is of another account');
  const { status } = signed.payload ?? {};
  if (status !== undefined && status !== 'deactivated') {
    throw new Problem('malformed', 'The status of an authorization can be set to "deactivated" alone');
  }
  if (status === 'deactivated') authorization.status = 'deactivated';
  const { name, expiresAt } = authorization;
  const over = authorization.status === 'valid' && expiresAt <= acme.acm.host.clock.now();
  return {
    status: 200,
    headers: { location: authorization.url },
    body: {
      status: over ? 'expired' : authorization.status,
      expires: seconds(expiresAt),
      identifier: { type: 'dns', value: name.replace(/^\*\./, '') },
      challenges: [],
      ...(name.startsWith('*.') ? { wildcard: true } : {}),
    },
  };
}

function readIdentifiers(given: unknown): string[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new Problem('malformed', 'An order must have at least one identifier');
  }
  const names = given.map((one: { type?: unknown; value?: unknown } | null) => {
    if (one?.type !== 'dns') {
      throw new Problem('unsupportedIdentifier', `Identifiers of the type "${String(one?.type)}" are not supported`);
    }
    const name = String(one.value).toLowerCase();
    if (name.length <= MAX_NAME && NAME.test(name)) return name;
    throw new Problem('malformed', `"${name}" is not a domain name`);
  });
  const distinct = [...new Set(names)];
  if (distinct.length <= NAMES_PER_ORDER) return distinct;
  throw new Problem('malformed', `An order may have ${NAMES_PER_ORDER} identifiers`);
}

/** Which type AWS answers with is not published: RFC 8555 has this one for names that a server won't issue for. */
function refuseUnapproved({ validations }: AcmeEndpoint, names: string[]): void {
  const valid = [...validations.values()].filter(({ status }) => status === 'VALID');
  const refused = names.filter((name) => !valid.some((validation) => covers(validation, name)));
  if (refused.length === 0) return;
  const subproblems = refused.map((value) => ({
    ...problemOf('rejectedIdentifier', `No valid domain validation of the endpoint covers ${value}`),
    identifier: { type: 'dns', value },
  }));
  const detail = `No valid domain validation of the endpoint covers: ${refused.join(', ')}`;
  throw new Problem('rejectedIdentifier', detail, { members: { subproblems } });
}

const seconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');
