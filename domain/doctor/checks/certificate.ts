import { listed } from '../../listed.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, together, well } from '../outcome.ts';
import { answered, type CertificateSeen, type SecureSeen } from '../seen.ts';
import { inWords } from './connection.ts';
import { isUnusualKey, isWeakKey, keyInWords } from './key.ts';
import { longestAllowedDays } from './lifetime.ts';

const DAY_MS = 86_400_000;

/** Clocks differ: a certificate from the last minutes is not from the future. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * The share of the lifetime at which a renewal is overdue. ACM renews with 45 of 198 days left (23 %), ACME clients with a
 * third; both try every day. Source: ACM User Guide, "Managed certificate renewal"; certbot's documentation; checked 2026-11-29.
 */
const OVERDUE_SHARE = 0.15;

/** Below it viewers are about to see a warning. */
const LAST_SHARE = 0.05;

interface Shown {
  address: string;
  name: string;
  now: Date;
  secure: SecureSeen;
  leaf: CertificateSeen;
}

type Judge = (shown: Shown) => Finding | undefined;

/** The certificate and its chain, as each address serves them. */
export const certificate: Check = ({ name, now, endpoints, declared }) =>
  together(
    (declared?.scheme === 'http' ? [] : endpoints).map(({ address, secure }) => {
      if (!answered(secure)) return outcome();
      const shown = { address, name, now, secure, leaf: secure.certificates[0] };
      const findings = JUDGES.map((judge) => judge(shown)).filter((found) => found !== undefined);
      return outcome({ findings, passed: findings.length > 0 ? [] : [well(inOneLine(shown), address)] });
    }),
  );

const wrongName: Judge = ({ address, name, secure, leaf }) => {
  if (secure.covers) return undefined;
  const evidence = [`${address}: the certificate is for ${listed(leaf.names.map((each) => `"${each}"`)) || 'no name'}`];
  if (leaf.names.some((each) => each === '*.cloudfront.net' || each === 'cloudfront.net')) {
    const message = `CloudFront serves its own certificate for "${name}": the name is no alternate domain name of a distribution`;
    return finding('certificateOfCloudFront', { message, evidence, at: address });
  }
  const message = `The certificate does not cover "${name}"`;
  const fix = `Serve a certificate that covers "${name}" (a load balancer: add it to the HTTPS listener)`;
  return finding('certificateWrongName', { message, evidence, fix, at: address });
};

const expired: Judge = ({ address, name, now, leaf }) => {
  if (leaf.validTo.getTime() > now.getTime()) return undefined;
  const message = `The certificate for "${name}" expired on ${day(leaf.validTo)}`;
  return finding('certificateExpired', { message, evidence: [`${address}: ${period(leaf)}`], at: address });
};

const notYetValid: Judge = ({ address, name, now, leaf }) => {
  if (leaf.validFrom.getTime() <= now.getTime() + CLOCK_SKEW_MS) return undefined;
  const message = `The certificate for "${name}" is valid from ${day(leaf.validFrom)} on, which is not yet`;
  return finding('certificateNotYetValid', { message, evidence: [`${address}: ${period(leaf)}`], at: address });
};

const expiresSoon: Judge = ({ address, name, now, leaf }) => {
  const { left, share } = remaining(leaf, now);
  if (left <= 0 || share >= OVERDUE_SHARE) return undefined;
  const message = `The certificate for "${name}" expires on ${day(leaf.validTo)}, with ${percent(share)} of its lifetime left: its renewal is overdue`;
  const found = finding('certificateExpiresSoon', { message, evidence: [`${address}: ${period(leaf)}`], at: address });
  return share < LAST_SHARE ? { ...found, severity: 'error' } : found;
};

const CHAIN_FINDINGS = {
  selfSigned: 'certificateSelfSigned',
  incomplete: 'chainIncomplete',
  unknownIssuer: 'certificateUntrusted',
  unusable: 'certificateUnusable',
} as const;

const distrusted: Judge = ({ address, secure: { chain, certificates }, leaf }) => {
  if (chain.trust === 'trusted') return undefined;
  // OpenSSL has no word for a key below its floor.
  if (chain.trust === 'unusable' && isWeakKey(leaf.key)) return undefined;
  const last = certificates.at(-1) ?? leaf;
  const messages = {
    selfSigned: 'The certificate is signed by itself: no browser trusts it',
    incomplete: `The server does not send the certificate of "${last.issuer}", which issued the last one that it sends`,
    unknownIssuer: `The certificate leads to "${last.issuer}", an authority that clients do not know`,
    unusable: 'Clients refuse the certificate for a reason of its own',
  };
  const sent = `${address}: sends ${certificates.length} certificate${certificates.length === 1 ? '' : 's'}: ${listed(certificates.map(({ subject }) => `"${subject}"`))}`;
  const error = chain.error === undefined ? [] : [`OpenSSL: ${chain.error}`];
  return finding(CHAIN_FINDINGS[chain.trust], {
    message: messages[chain.trust],
    evidence: [sent, ...error],
    at: address,
  });
};

const outOfOrder: Judge = ({ address, secure: { chain, certificates } }) => {
  if (chain.trust !== 'trusted' || chain.inOrder) return undefined;
  const message =
    'The certificates of the chain are sent in the wrong order: browsers forgive it, CloudFront answers 502';
  const evidence = [`${address}: sends ${listed(certificates.map(({ subject }) => `"${subject}"`))}`];
  return finding('chainOutOfOrder', { message, evidence, at: address });
};

const intermediateExpired: Judge = ({ address, now, secure: { chain, certificates } }) => {
  if (chain.trust !== 'trusted') return undefined;
  const [, ...others] = certificates;
  const dead = others.find(
    ({ validFrom, validTo }) => validTo <= now || validFrom.getTime() > now.getTime() + CLOCK_SKEW_MS,
  );
  if (!dead) return undefined;
  const message = `The intermediate certificate "${dead.subject}" has expired, or is not valid yet`;
  return finding('chainExpired', { message, evidence: [`${address}: ${period(dead)}`], at: address });
};

const weakKey: Judge = ({ address, leaf: { key } }) => {
  if (!isWeakKey(key)) return undefined;
  const message = `The key of the certificate is too short: ${keyInWords(key)}`;
  return finding('keyTooWeak', { message, evidence: [`${address}: ${keyInWords(key)}`], at: address });
};

const unusualKey: Judge = ({ address, leaf: { key } }) => {
  if (!isUnusualKey(key)) return undefined;
  const message = `The key of the certificate is ${keyInWords(key)}, which CloudFront does not take of an origin, nor every browser`;
  return finding('keyUnusual', { message, evidence: [`${address}: ${keyInWords(key)}`], at: address });
};

const livesTooLong: Judge = ({ address, secure: { chain }, leaf }) => {
  if (chain.trust !== 'trusted') return undefined;
  const days = Math.floor((leaf.validTo.getTime() - leaf.validFrom.getTime()) / DAY_MS);
  const allowed = longestAllowedDays(leaf.validFrom);
  if (days <= allowed) return undefined;
  const message = `The certificate is valid for ${days} days; browsers accept ${allowed} of one issued on ${day(leaf.validFrom)}`;
  return finding('certificateLivesTooLong', { message, evidence: [`${address}: ${period(leaf)}`], at: address });
};

const JUDGES: readonly Judge[] = [
  wrongName,
  expired,
  notYetValid,
  distrusted,
  weakKey,
  unusualKey,
  intermediateExpired,
  outOfOrder,
  expiresSoon,
  livesTooLong,
];

function remaining({ validFrom, validTo }: CertificateSeen, now: Date): { left: number; share: number } {
  const left = validTo.getTime() - now.getTime();
  return { left, share: left / Math.max(1, validTo.getTime() - validFrom.getTime()) };
}

/** "TLS 1.3, ECDSA P-256 by Amazon RSA 2048 M02, 120 of 198 days left (61 %)" */
function inOneLine({ now, secure, leaf }: Shown): string {
  const { left, share } = remaining(leaf, now);
  const lifetime = leaf.validTo.getTime() - leaf.validFrom.getTime();
  const issuer = /CN=([^,]*)/.exec(leaf.issuer)?.[1] ?? leaf.issuer;
  const days = `${Math.floor(left / DAY_MS)} of ${Math.round(lifetime / DAY_MS)} days left (${percent(share)})`;
  return `${inWords(secure.protocol)}, ${keyInWords(leaf.key)} by ${issuer}, ${days}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const day = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
const period = ({ validFrom, validTo }: CertificateSeen): string =>
  `valid from ${instant(validFrom)} to ${instant(validTo)}`;
const instant = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'an unreadable date' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
