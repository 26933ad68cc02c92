import { ACMClient } from '@aws-sdk/client-acm';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Clients } from '../../aws/one-look.ts';
import { lookAtOrigin, type OriginLookOptions } from '../../aws/origins/look-at-origin.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { type Finding, finding } from '../../domain/doctor/finding.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { originAdvice } from '../../domain/probes/origin-advice.ts';
import { cdnQuestion } from '../../domain/probes/origin-question.ts';
import { isLocked } from '../../domain/sites/cdn.ts';
import type { Site } from '../../domain/sites/site.ts';
import { answeredAt, originVerdict } from '../gates/origin-ready/judge.ts';

/** What is wrong with what CloudFront connects to, and what cannot be seen of it from here. */
export interface CdnOrigin {
  name: string;
  /** The addresses that speak TLS as CloudFront does. */
  at: string[];
  findings: Finding[];
  unseen: { what: string; why: string }[];
}

/** A check is waited for by a person. */
const PATIENCE = { connectMs: 4_000, readMs: 5_000 };

interface Looking extends Pick<OriginLookOptions, 'remaining' | 'connect' | 'documentation'> {
  record: SiteRecord;
  dns: Resolver;
  clients: Clients;
  now: Date;
}

/**
 * Looks at what CloudFront connects to, as it does: CloudFront itself says no more than 502. Of a load balancer that answers CloudFront
 * only, the certificate is read in ACM. Undefined of a site without CloudFront.
 */
export async function lookAtCdnOrigin(
  site: Site,
  { record, dns, clients, now, ...looking }: Looking,
): Promise<CdnOrigin | undefined> {
  const asked = cdnQuestion(site);
  if (!asked?.name) return undefined;
  const { name } = asked;
  if (needsResource(site, 'load balancer') && isLocked(site)) {
    const { certificateArn: arn } = stepOf(record, 'RequestCertificate')?.output ?? {};
    const certificate = arn === undefined ? undefined : await describeCertificate(clients(ACMClient), arn);
    const why = 'its load balancer answers CloudFront only; what is read of it in the account is under "resources"';
    return {
      name,
      at: [],
      findings: certificate ? ofCertificate(certificate, now) : [],
      unseen: [{ what: name, why }],
    };
  }
  const seen = await lookAtOrigin(asked, { dns, ...PATIENCE, ...looking });
  const { findings, unseen } = originVerdict(seen, site, now);
  return {
    name,
    at: answeredAt(seen),
    findings: findings.map(({ code, said }) => ({ ...said, fix: `${said.fix}${originAdvice({ code }, site)}` })),
    unseen: unseen.map(({ address, why }) => ({ what: address, why })),
  };
}

function ofCertificate({ arn, expiresAt }: Certificate, now: Date): Finding[] {
  if (!expiresAt || expiresAt > now) return [];
  const message = `The certificate that CloudFront meets at the load balancer has expired on ${expiresAt.toISOString().slice(0, 10)}; CloudFront answers 502`;
  return [finding('certificateExpired', { message, evidence: [arn] })];
}
