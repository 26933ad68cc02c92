import { calculateJwkThumbprint } from 'jose';
import { caaVerdict } from '../caa.ts';
import type { Certificate } from '../certificate.ts';
import { certificateArn } from '../certificate-arn.ts';
import { readMaterial } from '../material.ts';
import { Timers } from '../timers.ts';
import { recordVisible } from '../validation-record.ts';
import { ACME_VALIDITY_DAYS, validity } from '../validity.ts';
import type { Acme } from './acme.ts';
import { uuid } from './arns.ts';
import type { Csr } from './directory/csr.ts';
import { type ProblemType, problemOf } from './directory/problem.ts';
import { covers } from './domain-scope.ts';
import type { AcmeEndpoint, DomainValidation, Order } from './endpoint.ts';

/** ACM removes what was issued by ACME so long after its end. Source: ACM User Guide, "ACME certificate characteristics"; checked 2026-11-29. */
const KEPT_AFTER_EXPIRY_MS = 365 * 86_400_000;

const CAA_RETRY_MS = 10_000;

interface Processing {
  endpoint: AcmeEndpoint;
  order: Order;
  csr: Csr;
}

/** Issues the certificate of an order that is processing, or makes the order invalid and says why. */
export async function issueOrder(acme: Acme, processing: Processing): Promise<void> {
  const { endpoint, order, csr } = processing;
  const { acm } = acme;
  const failed = await failureOf(acme, processing);
  if (endpoint.timers.stopped) return;
  if (failed === 'later') {
    endpoint.timers.after(CAA_RETRY_MS, () => issueOrder(acme, processing));
    return;
  }
  if (failed) {
    Object.assign(order, { status: 'invalid', error: failed });
    return;
  }
  const { certificatePem } = await acm.authority.certify({
    names: order.names,
    keyAlgorithm: csr.keyAlgorithm,
    publicKey: csr.publicKey,
    ...validity(acm.host.clock.now(), acm.wallNow(), ACME_VALIDITY_DAYS),
  });
  if (endpoint.timers.stopped) return;
  const id = uuid(acm.host.draws, 'acm:acme-certificate');
  endpoint.issued.set(id, {
    account: order.account,
    certificateArn: keep(acme, processing, certificatePem).arn,
    der: certificatePem.replace(/-----[^-]+-----|\s/g, ''),
    chainPem: certificatePem + acm.authority.intermediatePem,
    thumbprint: await calculateJwkThumbprint(csr.publicKey.export({ format: 'jwk' })),
    revoked: false,
  });
  Object.assign(order, { status: 'valid', certificateUrl: `${endpoint.url}/cert/${id}` });
}

/** What has changed since the order was taken: the account, the validations, their CNAMEs, CAA. */
async function failureOf(acme: Acme, { endpoint, order }: Processing): Promise<object | 'later' | undefined> {
  const problem = (type: ProblemType, detail: string) => problemOf(type, detail);
  const { account, names } = order;
  if (account.status !== 'VALID') return problem('unauthorized', `The account is ${account.status.toLowerCase()}`);
  const covering = names.map((name) => coveredBy(endpoint, name));
  const uncovered = names.filter((_, index) => covering[index] === undefined);
  if (uncovered.length > 0) {
    return problem('unauthorized', `No valid domain validation of the endpoint covers: ${uncovered.join(', ')}`);
  }
  const missing: string[] = [];
  for (const { record } of new Set(covering.filter((one) => one !== undefined))) {
    if (!(await recordVisible(acme.acm.resolve, record))) missing.push(record.Name ?? '');
  }
  if (missing.length > 0) return problem('dns', `DNS CNAME records not found: [${missing.join(', ')}]`);
  const verdicts = await Promise.all(names.map((name) => caaVerdict(acme.acm.resolve, name)));
  const refused = names.filter((_, index) => verdicts[index] === 'refused');
  if (refused.length > 0) return problem('caa', `CAA records forbid Amazon to issue for: ${refused.join(', ')}`);
  return verdicts.includes('unknown') ? 'later' : undefined;
}

const coveredBy = ({ validations }: AcmeEndpoint, name: string): DomainValidation | undefined =>
  [...validations.values()].find((one) => one.status === 'VALID' && covers(one, name));

/** The same account, names and key algorithm are the same certificate to ACM, renewed under its ARN. */
function keep({ acm }: Acme, { endpoint, order, csr }: Processing, certificatePem: string): Certificate {
  const now = acm.host.clock.now();
  const material = readMaterial({ certificatePem, chainPem: acm.authority.chainPem, privateKeyPem: '' });
  const account = order.account.id;
  const former = acm.certificates
    .all(endpoint.region)
    .find(
      ({ acme, names, keyAlgorithm, status }) =>
        acme?.accountId === account &&
        keyAlgorithm === csr.keyAlgorithm &&
        status !== 'REVOKED' &&
        [...names].sort().join() === [...order.names].sort().join(),
    );
  const certificate = former ?? newCertificate(acm, { endpoint, order, csr });
  Object.assign(certificate, { material, status: 'ISSUED', issuedAt: now });
  for (const { Key = '', Value = '' } of endpoint.certificateTags) certificate.tags.set(Key, Value);
  if (!former) acm.certificates.add(certificate);
  certificate.timers.clear();
  certificate.timers.at(material.notAfter, () => {
    if (certificate.status === 'ISSUED') certificate.status = 'EXPIRED';
  });
  const removedAt = new Date(material.notAfter.getTime() + KEPT_AFTER_EXPIRY_MS);
  certificate.timers.at(removedAt, () => acm.certificates.remove(certificate));
  return certificate;
}

function newCertificate({ host }: Acme['acm'], { endpoint, order, csr }: Processing): Certificate {
  const now = host.clock.now();
  return {
    arn: certificateArn(host, endpoint.region),
    region: endpoint.region,
    type: 'AMAZON_ISSUED',
    acme: { endpointArn: endpoint.arn, accountId: order.account.id },
    names: order.names,
    keyAlgorithm: csr.keyAlgorithm,
    status: 'ISSUED',
    createdAt: now,
    visibleAt: now,
    options: { CertificateTransparencyLoggingPreference: 'ENABLED', Export: 'ENABLED' },
    tags: new Map(),
    validations: [],
    usedBy: new Set(),
    inUseBy: new Set(),
    timers: new Timers(host.clock),
  };
}
