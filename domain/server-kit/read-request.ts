import { quoted } from '../names/name-problem.ts';
import { publicName } from '../names/public-name.ts';
import type { AcmeAccess, KitRequest } from './request.ts';

/** What a person typed, unchecked. */
export interface TypedKit {
  domain: string;
  aliases?: readonly string[];
  upstream?: string | undefined;
  hstsDays?: string | undefined;
  ipv6?: boolean;
  /** Whether the certificate is exported from ACM: nothing of an ACME endpoint is needed then. */
  exported?: boolean;
  acmeDirectory?: string | undefined;
  eabKeyId?: string | undefined;
  eabMacKey?: string | undefined;
  email?: string | undefined;
}

/** ACM's limit of an order. Source: ACM User Guide, "Quotas"; checked 2026-11-29. */
const MOST_NAMES = 100;
const DEFAULT_UPSTREAM = 'http://127.0.0.1:8080';
const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;
const DAY_SECONDS = 86_400;
const MOST_HSTS_DAYS = 3650;

/** ACM's are 32 bytes; fewer than 16 are no key of any server's. */
const LEAST_KEY_BYTES = 16;

/** The request, or every problem of what was typed, a sentence each. No sentence repeats a secret. */
export function kitRequest(typed: TypedKit): { request: KitRequest } | { problems: string[] } {
  const problems: string[] = [];
  const take = <Value>(read: { value: Value } | { problem: string }): Value | undefined => {
    if ('value' in read) return read.value;
    problems.push(read.problem);
    return undefined;
  };
  const names = [typed.domain, ...(typed.aliases ?? [])].map((name) => take(readName(name)));
  const upstream = take(readUpstream(typed.upstream ?? DEFAULT_UPSTREAM));
  const hstsSeconds = typed.hstsDays === undefined ? undefined : take(readDays(typed.hstsDays));
  const acme = typed.exported ? undefined : readAcme(typed, take);
  const distinct = [...new Set(names.filter((name) => name !== undefined))];
  if (distinct.length > MOST_NAMES) problems.push(`A certificate can have ${MOST_NAMES} names, not ${distinct.length}`);
  if (problems.length > 0 || !upstream) return { problems };
  return {
    request: {
      names: distinct,
      upstream,
      hstsSeconds,
      ipv6: typed.ipv6 ?? true,
      acme,
    },
  };
}

type Read<Value> = { value: Value } | { problem: string };

/** Undefined where something of it is a problem. */
function readAcme(typed: TypedKit, take: <Value>(read: Read<Value>) => Value | undefined): AcmeAccess | undefined {
  const directoryUrl = take(readDirectory(typed.acmeDirectory));
  const keyId = take(readKeyId(typed.eabKeyId));
  const macKey = take(readMacKey(typed.eabMacKey));
  const email = typed.email === undefined ? undefined : take(readEmail(typed.email));
  return directoryUrl && keyId && macKey ? { directoryUrl, keyId, macKey, email } : undefined;
}

function readName(typed: string): Read<string> {
  const { name, problem } = publicName(typed);
  return problem ? { problem: problem.message } : { value: name };
}

/** Only a plain origin: a path would be put before every request's own. Not nginx itself: it would ask itself for ever. */
function readUpstream(typed: string): Read<string> {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const plain = url?.protocol === 'http:' && !url.username && !url.password;
  if (plain && url.pathname === '/' && !url.search && !url.hash && /^[\w.:[\]-]+$/.test(url.host)) {
    if (!LOOPBACK.test(url.hostname) || !['', '443'].includes(url.port)) return { value: url.origin };
    return { problem: `Cannot use ${quoted(typed)} as the upstream: nginx itself listens there` };
  }
  const why =
    url?.protocol === 'https:'
      ? 'nginx speaks plain HTTP to the application'
      : 'it must be a scheme, a host and a port from 1 to 65535, and no path';
  return { problem: `Cannot use ${quoted(typed)} as the upstream: ${why}; give one such as ${DEFAULT_UPSTREAM}` };
}

function readDays(typed: string): Read<number> {
  const days = Number(typed);
  if (/^\d+$/.test(typed) && days >= 1 && days <= MOST_HSTS_DAYS) return { value: days * DAY_SECONDS };
  return { problem: `Cannot use ${quoted(typed)} as --hsts: give whole days from 1 to ${MOST_HSTS_DAYS}, such as 730` };
}

function readDirectory(typed: string | undefined): Read<string> {
  if (!typed) {
    const get = 'aws acm describe-acme-endpoint --acme-endpoint-arn ARN --query AcmeEndpoint.EndpointUrl';
    return { problem: `Give the directory of the ACME endpoint by --acme-directory or ACME_DIRECTORY: ${get}` };
  }
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const safe = url?.protocol === 'https:' && !url.username && !url.password && !/[\s#;"']/.test(typed);
  if (safe) return { value: url.href };
  return { problem: `Cannot use ${quoted(typed)} as the ACME directory: it must be an https URL` };
}

const CREDENTIALS = 'aws acm get-acme-external-account-binding-credentials --acme-external-account-binding-arn ARN';

function readKeyId(typed: string | undefined): Read<string> {
  if (!typed) return { problem: `Give the binding's key id by --eab-kid or ACME_EAB_KID: ${CREDENTIALS}` };
  if (/^[\w.~+/=-]{1,200}$/.test(typed)) return { value: typed };
  return { problem: `Cannot use ${quoted(typed)} as the binding's key id: it has characters that no key id has` };
}

function readMacKey(typed: string | undefined): Read<string> {
  if (!typed)
    return { problem: `Give the binding's MAC key by the environment variable ACME_EAB_HMAC_KEY: ${CREDENTIALS}` };
  const bytes = Buffer.from(typed, 'base64url').length;
  if (/^[\w-]+={0,2}$/.test(typed) && bytes >= LEAST_KEY_BYTES) return { value: typed.replace(/=+$/, '') };
  return { problem: "Cannot use the binding's MAC key: it is not base64url text as ACM shows it; copy it whole" };
}

function readEmail(typed: string): Read<string> {
  if (/^[^\s@,;#"'%]+@[^\s@,;#"'%]+\.[^\s@,;#"'%]+$/.test(typed)) return { value: typed };
  return { problem: `Cannot use ${quoted(typed)} as the email address: give one such as ops@example.com` };
}
