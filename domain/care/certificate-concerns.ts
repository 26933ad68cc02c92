import { type Finding, finding } from '../doctor/finding.ts';
import { listed } from '../listed.ts';
import { minute } from '../minute.ts';
import { type Concern, concern } from './concern.ts';
import { expiryStage, expiryStages, leftOf, renewalBegins } from './expiry-stages.ts';
import { type AcmCertificate, plainSerial, type ServedCertificate } from './watched-certificate.ts';

/** What is known of a certificate of ACM that a site has. */
export interface CertificateSight {
  /** The site that it is of. */
  domain: string;
  /** In sentences: "the certificate of the load balancer". */
  what: string;
  certificate: AcmCertificate;
  /** What is to be done where a person exports and installs it, or renews it elsewhere; undefined where ACM does all. */
  byHand?: string;
  /** Whether ACM renews it once it was exported, and not by being in use. */
  isExported: boolean;
  /** The validation records that are missing or changed, in words, and how to mend that; undefined where they could not be read. */
  missing: { records: string[]; fix: string; isOurs?: true } | undefined;
  /** What addresses serve under names that it is to be served at. Empty where nothing is seen from outside. */
  served: readonly ServedCertificate[];
  /** How long what serves it may take to take a new one over. */
  rolledOutWithinMs: number;
  now: Date;
}

/** A certificate that nothing has renewed by then leaves a person one week. */
const LAST_MS = 7 * 86_400_000;

type Check = (sight: CertificateSight) => Concern | undefined;

/** Everything that stops the renewal of a certificate, and its expiry where that is near. */
export function certificateConcerns(sight: CertificateSight): Concern[] {
  if (sight.certificate.status !== 'ISSUED') return [notIssued(sight)];
  return CHECKS.map((check) => check(sight)).filter((found) => found !== undefined);
}

/** The part of a look that has to do with certificates: one that cannot be looked at says nothing of any. */
export const CERTIFICATES = 'certificates';

function notIssued({ what, certificate: { arn, status } }: CertificateSight): Concern {
  const message = `${capital(what)} is not issued: ACM has it as "${status}"`;
  return about(arn, finding('certificateNotIssued', { message, evidence: [`${arn}: ${status}`] }));
}

/** Failures A16. */
const unattached: Check = ({ what, certificate: { arn, type, inUse }, isExported }) => {
  if (inUse || isExported || type === 'IMPORTED') return undefined;
  const message = `Nothing uses ${what}: ACM does not renew it`;
  return about(arn, finding('certificateUnattached', { message, evidence: [`${arn}: InUse false`] }), {
    // ACM notices late that it is used.
    isCertain: false,
  });
};

const notEligible: Check = ({ what, certificate: { arn, type, inUse, isEligible }, isExported }) => {
  if (isEligible || type === 'IMPORTED' || (!inUse && !isExported)) return undefined;
  const message = isExported
    ? `${capital(what)} was not exported since it was issued: ACM does not renew it`
    : `ACM does not renew ${what}`;
  const fix = isExported ? 'Export it and install it on the server' : undefined;
  const evidence = [`${arn}: RenewalEligibility INELIGIBLE`];
  return about(arn, finding('certificateNotEligible', { message, evidence, fix }), { isCertain: false });
};

/** Failures A14, A15. */
const validationMissing: Check = ({ what, certificate, missing, now }) => {
  if (!missing || missing.records.length === 0) return undefined;
  const { records, fix, isOurs } = missing;
  const one = records.length === 1;
  const message = `ACM cannot renew ${what}: its validation record${one ? ' is' : 's are'} missing`;
  const found = finding('validationRecordMissing', { message, evidence: records, fix });
  return about(certificate.arn, isDue(certificate, now) ? { ...found, severity: 'error' } : found, { isOurs });
};

/** From the day that it is due, and not only when ACM sends an event, which may be 15 days later or lost (failures A15). */
const renewalFails: Check = ({ what, certificate: { arn, detail } }) => {
  const { renewal } = detail ?? {};
  if (renewal?.status !== 'PENDING_VALIDATION' && renewal?.status !== 'FAILED') return undefined;
  const { status, reason, waitsFor } = renewal;
  const message = `ACM cannot renew ${what}: ${status}${reason === undefined ? '' : `, ${reason}`}`;
  const fix = waitsFor.length > 0 ? `Look that DNS has ${listed(waitsFor)}, and that CAA allows amazon.com` : undefined;
  // It may say so for a moment while a renewal begins.
  return about(arn, finding('renewalFails', { message, evidence: [`${arn}: ${status}`, ...waitsFor], fix }), {
    isCertain: status === 'FAILED',
  });
};

/** Failures A17. */
const expiring: Check = ({ what, certificate, byHand, now }) => {
  const { arn, type, validFrom, validTo, isEligible, detail } = certificate;
  if (!validFrom || !validTo) return undefined;
  const failed = detail?.renewal?.status === 'FAILED';
  const renewsItself = type !== 'IMPORTED' && isEligible && !failed;
  return expiresSoon({ validFrom, validTo, what, subject: arn, renewsItself, fix: byHand, now });
};

/** Failures A18: what serves it takes hours to take a new one over, and stays with the old one where that fails. */
const notRolledOut: Check = ({ what, certificate, byHand, served, rolledOutWithinMs, now }) => {
  const { arn, validFrom, detail } = certificate;
  if (detail?.serial === undefined || !validFrom) return undefined;
  const since = Math.max(validFrom.getTime(), detail.renewal?.updatedAt?.getTime() ?? 0);
  if (now.getTime() - since < rolledOutWithinMs) return undefined;
  const serial = plainSerial(detail.serial);
  // What is for other names is another finding.
  const older = served.filter(
    (each) => plainSerial(each.serial) !== serial && each.names.some((name) => detail.names.includes(name)),
  );
  if (older.length === 0) return undefined;
  const message = `${capital(what)} was renewed, and another one is still served`;
  const evidence = older.map(
    ({ name, address, serial: other }) => `${address} serves ${plainSerial(other)} under "${name}"`,
  );
  return about(
    arn,
    finding('certificateNotRolledOut', { message, evidence: [`${arn}: serial ${serial}`, ...evidence], fix: byHand }),
    { isCertain: false },
  );
};

const CHECKS: readonly Check[] = [unattached, notEligible, validationMissing, renewalFails, expiring, notRolledOut];

interface Ending {
  validFrom: Date;
  validTo: Date;
  what: string;
  subject: string;
  renewsItself: boolean;
  fix: string | undefined;
  now: Date;
}

/** The concern about a certificate that expires soon, whoever issued it. It has the stage that is reached, so that people are told once for each. */
export function expiresSoon({ what, subject, renewsItself, fix, now, ...lifetime }: Ending): Concern | undefined {
  const stage = expiryStage(lifetime, { renewsItself, now });
  if (stage === undefined) return undefined;
  const message = `${capital(what)} ends on ${minute(lifetime.validTo)}${renewsItself ? ', and its renewal is overdue' : ''}`;
  const evidence = [`${subject}: valid from ${minute(lifetime.validFrom)} to ${minute(lifetime.validTo)}`];
  const found = finding('certificateExpiring', { message, evidence, fix });
  // Graver at a stage, and not between two: each is told once.
  const isLast = (expiryStages(lifetime)[stage - 1] ?? 0) <= LAST_MS;
  return concern(isLast ? { ...found, severity: 'error' } : found, { subject, area: CERTIFICATES, stage });
}

/** Whether a renewal of ACM has to have begun. */
export function isDue({ validFrom, validTo }: AcmCertificate, now: Date): boolean {
  return (
    validFrom !== undefined &&
    validTo !== undefined &&
    leftOf({ validTo }, now) <= renewalBegins({ validFrom, validTo })
  );
}

/** Whether the list of certificates says all that there is to say: no call has to be made for it. */
export function isPlainlyHealthy(certificate: AcmCertificate, now: Date): boolean {
  const { status, type, inUse, isEligible } = certificate;
  if (status !== 'ISSUED') return false;
  return type === 'IMPORTED' ? inUse : inUse && isEligible && !isDue(certificate, now);
}

function about(
  arn: string,
  found: Finding,
  { isCertain = true, isOurs }: { isCertain?: boolean; isOurs?: true | undefined } = {},
): Concern {
  return concern(found, { subject: arn, area: CERTIFICATES, isCertain, ...(isOurs && { isOurs }) });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
