import { covers } from '../certificates/covers.ts';
import { certificate } from '../doctor/checks/certificate.ts';
import { connection } from '../doctor/checks/connection.ts';
import { page } from '../doctor/checks/page.ts';
import type { FindingCode } from '../doctor/codes.ts';
import { type Finding as DoctorFinding, finding } from '../doctor/finding.ts';
import { type Outcome, together } from '../doctor/outcome.ts';
import {
  answered,
  type CertificateSeen,
  type NamesSeen,
  type NoAnswer,
  type Seen,
  type TlsSeen,
} from '../doctor/seen.ts';
import { type Finding, MINIMUM_DAYS } from './certificate.ts';
import { judgeOriginNames } from './origin-names.ts';
import type { ProbeResult } from './probe-result.ts';

/** Who connects to the origin: CloudFront, or viewers themselves. */
export type OriginClient = 'cloudfront' | 'viewers';

/** All that was seen of an origin before traffic moves to it, and nothing of what it means. */
export interface OriginSeen {
  /** Its name in DNS, where it has one. */
  name?: string;
  /** Where that leads, or the address that was given in its place. */
  names: NamesSeen;
  port: number;
  /** The addresses that CloudFront connects to. Default IPv4. */
  family?: 'ipv4' | 'ipv6';
  looks: OriginLook[];
  /** Addresses beyond those that are looked at. */
  leftOut: number;
}

/** One address under one name, which went into SNI and Host. */
export interface OriginLook {
  address: string;
  sentName: string;
  tls: TlsSeen | NoAnswer;
}

/** What must not be, and what the client would answer in its place. */
export interface OriginFinding extends Finding {
  code: FindingCode;
  /** What viewers get from CloudFront; absent where they connect themselves, and where the page is the origin's own. */
  status?: 502 | 504;
  /** The same as the doctor says it, with the fix apart. */
  said: DoctorFinding;
}

/** What stops traffic from moving, what could not be seen from here, and what stops nothing and is to be known. */
export interface OriginVerdict extends ProbeResult {
  findings: OriginFinding[];
  told: string[];
}

interface Judging {
  now: Date;
  client: OriginClient;
  /** Whether the origin may let CloudFront alone in: silence, and a load balancer that refuses this look, say nothing then. */
  locked?: boolean;
}

/**
 * Judges an origin as its client would: CloudFront refuses what browsers forgive (the order of the chain, ciphers, curves) and
 * forgives what browsers refuse (a lifetime that is too long). Each finding names the certificate and the fix.
 */
export function judgeOrigin(seen: OriginSeen, judging: Judging): OriginVerdict {
  const dns = judgeOriginNames(seen, judging.client);
  const outcomes = seen.looks.map((look) => ({ look, outcome: examined(look, seen, judging) }));
  const found = [
    ...dns.map((finding) => ({ finding, look: undefined })),
    ...outcomes.flatMap(({ look, outcome }) => outcome.findings.map((finding) => ({ finding, look }))),
  ];
  const silent = ({ code }: DoctorFinding): boolean => judging.locked === true && OF_A_LOCK.includes(code);
  const stopping = found.filter(({ finding, look }) => !silent(finding) && stops(finding, look, judging));
  const told = found.filter((each) => !stopping.includes(each) && !silent(each.finding));
  return {
    findings: stopping.map(({ finding, look }) => inWords(finding, { look, seen, client: judging.client })),
    unseen: [
      ...(seen.leftOut > 0 ? [{ address: `${seen.leftOut} more addresses`, why: 'too many to look at' }] : []),
      ...outcomes.flatMap(({ outcome }) => outcome.unseen.map(({ what, why }) => ({ address: what, why }))),
      ...found
        .filter(({ finding }) => silent(finding))
        .map(({ look }) => ({ address: look?.address ?? '', why: 'it may admit CloudFront only' })),
    ],
    told: [...new Set(told.map(({ finding: { message, fix } }) => `${message}. ${fix}`))],
  };
}

/** What the doctor would say of that address, were it the only one of the name. */
function examined(
  { address, sentName, tls }: OriginLook,
  { port, name }: OriginSeen,
  { now, client }: Judging,
): Outcome {
  const secure = answered(tls)
    ? { ...tls, walk: [], covers: tls.covers || (client === 'cloudfront' && coversOrigin(tls.certificates[0], name)) }
    : tls;
  const notAsked = { failure: 'NOT_ASKED' };
  const seen: Seen = {
    name: sentName,
    now,
    delegation: notAsked,
    servers: [],
    caa: notAsked,
    names: { over: [], end: 'found', addresses: [address], notPublic: [] },
    endpoints: [{ address, port, secure, plain: { stage: 'connect', ...notAsked } }],
    leftOut: 0,
  };
  return together([connection, certificate, page].map((check) => check(seen)));
}

/** CloudFront takes a certificate for the origin's name as well. Source: CloudFront Developer Guide, "Require HTTPS … custom origin", checked 2026-11-29. */
const coversOrigin = ({ names }: CertificateSeen, name: string | undefined): boolean =>
  name !== undefined && covers(names, name);

/**
 * What CloudFront answers in the place of the origin's page.
 * Source: CloudFront Developer Guide, "HTTP 502 status code" and "HTTP 504 status code", checked 2026-11-29.
 */
const STATUS: Partial<Record<FindingCode, 502 | 504>> = {
  nameNotFound: 502,
  noAddress: 502,
  cnameLoop: 502,
  dnsNotAnswered: 502,
  addressNotPublic: 504,
  portRefused: 502,
  portFiltered: 504,
  noRoute: 504,
  handshakeClosed: 502,
  handshakeSilent: 504,
  handshakeFailed: 502,
  nameNotServed: 502,
  clientCertificateWanted: 502,
  notTls: 502,
  plainHttpOnTlsPort: 502,
  protocolTooOld: 502,
  cipherUnusual: 502,
  certificateExpired: 502,
  certificateNotYetValid: 502,
  certificateSelfSigned: 502,
  certificateUntrusted: 502,
  chainIncomplete: 502,
  chainOutOfOrder: 502,
  chainExpired: 502,
  certificateWrongName: 502,
  certificateOfCloudFront: 502,
  certificateUnusable: 502,
  keyTooWeak: 502,
  keyUnusual: 502,
  pageSilent: 504,
  pageNotHttp: 502,
};

/** What an origin that admits CloudFront only shows others. */
const OF_A_LOCK: readonly FindingCode[] = ['portFiltered', 'loadBalancerRefuses'];

const DAY_MS = 86_400_000;

function stops({ code, severity }: DoctorFinding, look: OriginLook | undefined, { now, client }: Judging): boolean {
  if (code === 'certificateExpiresSoon') return client === 'viewers' && endsWithin(MINIMUM_DAYS, look, now);
  if (client === 'viewers') return severity === 'error';
  return STATUS[code] !== undefined || severity === 'error';
}

function endsWithin(days: number, look: OriginLook | undefined, now: Date): boolean {
  if (look === undefined || !answered(look.tls)) return false;
  return look.tls.certificates[0].validTo.getTime() < now.getTime() + days * DAY_MS;
}

function inWords(
  { code, message, fix, evidence }: DoctorFinding,
  { look, seen, client }: { look: OriginLook | undefined; seen: OriginSeen; client: OriginClient },
): OriginFinding {
  const status = client === 'cloudfront' ? STATUS[code] : undefined;
  const origin = seen.name === undefined ? 'The origin' : `The origin "${seen.name}"`;
  const at = look === undefined ? '' : ` at ${look.address} port ${seen.port} as "${look.sentName}"`;
  const shown = look && answered(look.tls) ? ` (${certificateInWords(look.tls.certificates[0])})` : '';
  const answers = status === undefined ? '' : `; CloudFront would answer ${status}`;
  const what = `${origin}${at}: ${message}${shown}${answers}`;
  return {
    reason: look === undefined || !answered(look.tls) ? 'unreachable' : 'originRefused',
    code,
    ...(status !== undefined && { status }),
    message: `${what}. ${fix}`,
    said: finding(code, { message: what, evidence, fix, ...(look && { at: look.address }) }),
  };
}

/** 'the certificate "CN=shop.example.com" by "CN=R11, O=Let's Encrypt", valid from 2026-11-01 to 2027-01-30' */
function certificateInWords({ subject, issuer, names, validFrom, validTo }: CertificateSeen): string {
  const of = subject === '' ? (names[0] ?? 'without a name') : subject;
  return `the certificate "${of}" by "${issuer}", valid from ${day(validFrom)} to ${day(validTo)}`;
}

const day = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
