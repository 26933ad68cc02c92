import { tagConditions } from '../../tags.ts';
import { ACME_ISSUE } from '../delays.ts';
import type { AcmeEndpoint, Order } from '../endpoint.ts';
import { roleRefusal } from '../issuance-role.ts';
import { issueOrder } from '../issue-order.ts';
import { type Csr, readCsr } from './csr.ts';
import type { AccountExchange, Answer } from './exchange.ts';
import { orderAnswer, orderOf } from './orders.ts';
import { Problem } from './problem.ts';
import { sameKey } from './signed.ts';

/** Takes the CSR of an order; the certificate comes up to two minutes later. */
export async function finalizeOrder(exchange: AccountExchange): Promise<Answer> {
  const { acme, endpoint, signed, account } = exchange;
  const order = readyOrder(exchange);
  const csr = await readCsr(signed.payload?.csr, order.names);
  const key = csr.publicKey.export({ format: 'jwk' });
  if (await sameKey(key, account.jwk)) throw new Problem('badCSR', "The CSR has the account's own key");
  const allowed = endpoint.allowedKeyAlgorithms;
  if (allowed && !allowed.includes(csr.keyAlgorithm)) {
    throw new Problem('badCSR', `The endpoint does not allow ${csr.keyAlgorithm}: use one of ${allowed.join(', ')}`);
  }
  // Another finalization may have been answered meanwhile.
  readyOrder(exchange);
  const refusal = issuanceRefusal(exchange, order, csr);
  if (refusal !== undefined) throw new Problem('unauthorized', refusal);
  order.status = 'processing';
  const seconds = acme.acm.host.draws.seconds('acm:acme-issue', order.names[0] ?? '', ACME_ISSUE);
  endpoint.timers.after(seconds * 1000, () => issueOrder(acme, { endpoint, order, csr }));
  return orderAnswer(order, 200);
}

function readyOrder(exchange: AccountExchange): Order {
  const order = orderOf(exchange);
  if (order.status === 'ready') return order;
  throw new Problem('orderNotReady', `The order is ${order.status}`);
}

/** Source: ACM User Guide, "Condition keys for ACME certificate requests"; checked 2026-11-29. */
function issuanceRefusal(
  { acme, endpoint, account }: AccountExchange,
  { names }: Order,
  { keyAlgorithm }: Csr,
): string | undefined {
  const origin = { 'acm:CertificateKeyPairOrigin': ['ACME'] };
  const resource = certificatesOf(endpoint);
  const request = {
    action: 'acm:RequestCertificate',
    resource,
    conditions: {
      ...origin,
      'acm:DomainNames': names,
      'acm:KeyAlgorithm': [keyAlgorithm],
      'acm:ValidationMethod': ['DNS'],
      'acm:CertificateTransparencyLogging': ['ENABLED'],
      'acm:Export': ['ENABLED'],
    },
  };
  const tags = endpoint.certificateTags;
  const resourceTags = Object.fromEntries(tags.map(({ Key, Value = '' }) => [`aws:ResourceTag/${Key}`, [Value]]));
  const tagging = {
    action: 'acm:AddTagsToCertificate',
    resource,
    conditions: { ...origin, ...tagConditions(tags), ...resourceTags },
  };
  const actions = tags.length > 0 ? [request, tagging] : [request];
  return roleRefusal(acme, { endpoint, account, operation: 'FinalizeOrder', actions });
}

/** "Against the certificates in your account". */
const certificatesOf = ({ region, account }: AcmeEndpoint): string => `arn:aws:acm:${region}:${account}:certificate/*`;
