import type { ProtocolOperation } from '../quotas.ts';
import { changeAccountKey, listOrders, manageAccount, newAccount } from './accounts.ts';
import { getCertificate, revokeCertificate } from './certificates.ts';
import type { AccountExchange, Answer, Exchange } from './exchange.ts';
import { finalizeOrder } from './finalize.ts';
import { getOrder, manageAuthorization, newOrder } from './orders.ts';
import type { SignedBy } from './signed.ts';

/** A resource of an endpoint that is asked by signed POST requests. */
export type Route = { operation: ProtocolOperation; path: RegExp } & (
  | { by: Exclude<SignedBy, 'account'>; answer(exchange: Exchange): Answer | Promise<Answer> }
  | { by: 'account'; answer(exchange: AccountExchange): Answer | Promise<Answer> }
);

const ID = '([0-9a-f-]{36})';
const path = (pattern: string): RegExp => new RegExp(`^/${pattern}$`);

/** Source: ACM User Guide, the CloudTrail examples of ACME operations, for the paths that have an id; checked 2026-11-29. */
export const ROUTES: Route[] = [
  { operation: 'NewAccount', path: path('new-account'), by: 'key', answer: newAccount },
  { operation: 'NewOrder', path: path('new-order'), by: 'account', answer: newOrder },
  { operation: 'RevokeCertificate', path: path('revoke-cert'), by: 'either', answer: revokeCertificate },
  { operation: 'ChangeAccountKey', path: path('key-change'), by: 'account', answer: changeAccountKey },
  { operation: 'ManageAccount', path: path(`acct/${ID}`), by: 'account', answer: manageAccount },
  { operation: 'ListOrders', path: path(`acct/${ID}/orders`), by: 'account', answer: listOrders },
  { operation: 'GetOrder', path: path(`order/${ID}`), by: 'account', answer: getOrder },
  { operation: 'FinalizeOrder', path: path(`order/${ID}/finalize`), by: 'account', answer: finalizeOrder },
  { operation: 'ManageAuthorization', path: path(`authz/${ID}`), by: 'account', answer: manageAuthorization },
  { operation: 'GetCertificate', path: path(`cert/${ID}`), by: 'account', answer: getCertificate },
];

/** What an endpoint tells its clients. AWS's own directory is not published: these are the resources that it documents. */
export const directoryOf = (url: string): object => ({
  newNonce: `${url}/new-nonce`,
  newAccount: `${url}/new-account`,
  newOrder: `${url}/new-order`,
  revokeCert: `${url}/revoke-cert`,
  keyChange: `${url}/key-change`,
  meta: { externalAccountRequired: true },
});
