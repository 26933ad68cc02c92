import { CODES, type FindingCode } from '../doctor/codes.ts';
import type { Report } from '../doctor/report.ts';
import { answered, type Seen } from '../doctor/seen.ts';
import { type Concerns, concern } from './concern.ts';
import type { ServedCertificate } from './watched-certificate.ts';

/** What is told of by stages that are right for any lifetime, where it is known which certificates the site has. */
const TOLD_OTHERWISE: readonly FindingCode[] = ['certificateExpiresSoon'];

/**
 * What a check alone says: what no public authority issues, and no time changes; and that browsers offer no way past a certificate that is
 * refused, which is told of by the reason why it is.
 */
const NOT_TOLD: readonly FindingCode[] = ['certificateLivesTooLong', 'hstsLocksOut'];

/** What the site is expected to answer while viewers are led to its maintenance page. */
const OF_THE_PAGE: readonly FindingCode[] = (Object.keys(CODES) as FindingCode[]).filter((code) =>
  /^page[A-Z]/.test(code),
);

/** What is wrong with a served name, as seen from outside: it has to be seen twice. */
export function nameConcerns(
  { seen, report }: { seen: Seen; report: Report },
  { isOnPage, hasStages }: { isOnPage: boolean; hasStages: boolean },
): Concerns {
  const area = `name ${report.name}`;
  const left = [...NOT_TOLD, ...(hasStages ? TOLD_OTHERWISE : []), ...(isOnPage ? OF_THE_PAGE : [])];
  return {
    concerns: report.findings
      .filter(({ severity, code }) => severity !== 'info' && !left.includes(code))
      .map((found) => concern(found, { subject: report.name, area, isCertain: false })),
    unseen: isCutShort(seen) ? [area] : [],
  };
}

/** Whether an exchange was given up for want of time, or no name server could be asked: what was not found says nothing then. */
function isCutShort({ names, endpoints }: Seen): boolean {
  if (names.end === 'failed') return true;
  return endpoints.some(({ secure, plain }) => {
    const ends = [secure, plain, ...(answered(secure) ? [secure.page] : [])];
    return ends.some((end) => 'failure' in end && end.failure === 'NO_TIME');
  });
}

/** The certificates that the addresses of a name serve. */
export function servedUnder({ name, endpoints }: Seen): ServedCertificate[] {
  return endpoints.flatMap(({ address, secure }) => {
    if (!answered(secure)) return [];
    const { serial, issuer, names, validFrom, validTo } = secure.certificates[0];
    return [{ name, address, serial, issuer, names, validFrom, validTo }];
  });
}
