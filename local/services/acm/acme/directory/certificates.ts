import type { RevocationReason } from '@aws-sdk/client-acm';
import type { IssuedByAcme } from '../endpoint.ts';
import { roleRefusal } from '../issuance-role.ts';
import type { AccountExchange, Answer, Exchange } from './exchange.ts';
import { Problem } from './problem.ts';

/** The certificate and its chain, for the account that ordered it. */
export function getCertificate({ endpoint, account, id }: AccountExchange): Answer {
  const issued = endpoint.issued.get(id);
  if (!issued) throw new Problem('malformed', 'There is no such certificate', { status: 404 });
  if (issued.account !== account) throw new Problem('unauthorized', 'The certificate is of another account');
  return { status: 200, headers: { 'content-type': 'application/pem-certificate-chain' }, body: issued.chainPem };
}

/** RFC 5280, section 5.3.1, as far as a subscriber may say so of a public certificate. */
const REASONS = new Map<unknown, RevocationReason>([
  [undefined, 'UNSPECIFIED'],
  [0, 'UNSPECIFIED'],
  [1, 'KEY_COMPROMISE'],
  [3, 'AFFILIATION_CHANGED'],
  [4, 'SUPERSEDED'],
  [5, 'CESSATION_OF_OPERATION'],
  [9, 'PRIVILEGE_WITHDRAWN'],
]);

/** Revokes a certificate for the account that ordered it, or for who holds its key (RFC 8555, section 7.6). */
export function revokeCertificate({ acme, endpoint, signed }: Exchange): Answer {
  const { certificate, reason } = signed.payload ?? {};
  if (typeof certificate !== 'string') throw new Problem('malformed', 'The payload must have a certificate');
  const der = Buffer.from(certificate, 'base64url').toString('base64');
  const issued = [...endpoint.issued.values()].find((one) => one.der === der);
  if (!issued) throw new Problem('malformed', 'The certificate was not issued by this endpoint', { status: 404 });
  const holds = signed.account ? issued.account === signed.account : issued.thumbprint === signed.thumbprint;
  if (!holds) throw new Problem('unauthorized', 'The certificate is of another account and of another key');
  const why = REASONS.get(reason);
  if (!why) throw new Problem('badRevocationReason', `The reason ${String(reason)} is not supported`);
  if (issued.revoked) throw new Problem('alreadyRevoked', 'The certificate is revoked');
  const { account, certificateArn } = issued;
  const refusal = roleRefusal(acme, {
    endpoint,
    account,
    operation: 'RevokeCertificate',
    actions: [
      {
        action: 'acm:RevokeCertificate',
        resource: certificateArn,
        conditions: { 'acm:CertificateKeyPairOrigin': ['ACME'] },
      },
    ],
  });
  if (refusal !== undefined) throw new Problem('unauthorized', refusal);
  issued.revoked = true;
  markRevoked({ acme, endpoint }, issued, why);
  return { status: 200 };
}

/** ACM's own record of it, unless a later certificate has taken its place there. */
function markRevoked(
  { acme, endpoint }: Pick<Exchange, 'acme' | 'endpoint'>,
  { certificateArn, der }: IssuedByAcme,
  reason: RevocationReason,
): void {
  const certificate = acme.acm.certificates.find(certificateArn, endpoint.region);
  if (certificate?.material?.certificatePem.replace(/-----[^-]+-----|\s/g, '') !== der) return;
  certificate.status = 'REVOKED';
  certificate.revocation = { at: acme.acm.host.clock.now(), reason };
}
