import { certificateConcerns, expiresSoon } from '../../../domain/care/certificate-concerns.ts';
import { type Concern, concern } from '../../../domain/care/concern.ts';
import type { AcmCertificate, Renewal } from '../../../domain/care/watched-certificate.ts';
import type { FindingCode } from '../../../domain/doctor/codes.ts';
import { finding } from '../../../domain/doctor/finding.ts';
import { HOUR, type PlannedSite, type Span, type Version } from './planned-site.ts';

const isIn = (now: number, span: Span | undefined): boolean => span !== undefined && span.from <= now && now < span.to;

/** What one look at a site finds then, as the parts of the product judge what the world of the plan shows them. */
export function seenAt(site: PlannedSite, now: number): Concern[] {
  const { domain, story, trouble, blips } = site;
  const isTroubled = isIn(now, trouble);
  const outside = (code: FindingCode, message: string) =>
    concern(finding(code, { message }), { subject: domain, area: `name ${domain}`, isCertain: false });
  return [
    ...ofCertificate(site, now),
    ...(isTroubled && story === 'CAA added'
      ? [concern(finding('caaForbidsIssuer', { message: 'CAA' }), { subject: domain, area: 'caa' })]
      : []),
    ...(isTroubled && (story === 'outage' || story === 'gone and back') ? [outside('portRefused', 'refused')] : []),
    ...(isTroubled && story === 'delegation' ? [outside('delegationChanged', 'elsewhere')] : []),
    ...(blips.some((blip) => isIn(now, blip)) ? [outside('portFiltered', 'silent')] : []),
  ];
}

function ofCertificate(site: PlannedSite, now: number): Concern[] {
  const { domain, story, trouble, versions } = site;
  const at = versions.findIndex(({ replaced }) => now < replaced);
  const version = versions[at] as Version;
  const what = 'the certificate that viewers see';
  const lifetime = { validFrom: new Date(version.from), validTo: new Date(version.to) };
  if (story === 'by a server') {
    const soon = expiresSoon({
      ...lifetime,
      what,
      subject: domain,
      renewsItself: true,
      fix: undefined,
      now: new Date(now),
    });
    return soon ? [soon] : [];
  }
  const isTroubled = isIn(now, trouble);
  const isAttached = !(isTroubled && story === 'not attached');
  const isGone = isTroubled && story === 'validation record removed';
  const renewal = story === 'imported' ? undefined : renewalAt(site, { at, now, isGone });
  const certificate: AcmCertificate = {
    arn: `arn:${domain}`,
    status: 'ISSUED',
    type: story === 'imported' ? 'IMPORTED' : 'AMAZON_ISSUED',
    ...lifetime,
    inUse: isAttached,
    isEligible: isAttached && story !== 'imported',
    detail: { serial: version.serial, names: [domain], ...(renewal && { renewal }) },
  };
  const former = versions[at - 1];
  const isLate = former !== undefined && now < version.from + site.servedLate;
  const { serial } = isLate ? former : version;
  return certificateConcerns({
    domain,
    what,
    certificate,
    isExported: false,
    missing: { records: isGone ? [`_x.${domain} CNAME _y`] : [], fix: '' },
    served: [{ name: domain, address: '203.0.113.1', serial, issuer: 'CN=A', names: [domain], ...lifetime }],
    rolledOutWithinMs: 6 * HOUR,
    now: new Date(now),
  });
}

/** What `DescribeCertificate` says: of the renewal that runs, or of the last one. */
function renewalAt(
  { versions }: PlannedSite,
  { at, now, isGone }: { at: number; now: number; isGone: boolean },
): Renewal | undefined {
  const { begins, from } = versions[at] as Version;
  if (now >= begins) return { status: isGone ? 'PENDING_VALIDATION' : 'PENDING_AUTO_RENEWAL', waitsFor: [] };
  return at > 0 ? { status: 'SUCCESS', updatedAt: new Date(from), waitsFor: [] } : undefined;
}
