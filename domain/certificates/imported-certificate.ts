import { isWeakKey, keyInWords } from '../doctor/checks/key.ts';
import type { CertificateSeen, ChainSeen } from '../doctor/seen.ts';
import { listed } from '../listed.ts';
import { MINIMUM_DAYS } from '../probes/certificate.ts';
import { covers } from './covers.ts';
import type { CertificatePlace } from './place.ts';

/** What a secret holds, as plain facts: nothing of the key but whose it is. */
export type SecretSeen = { unreadable: Unreadable } | StoredCertificate;

export interface StoredCertificate {
  /** In the order in which they are stored. */
  certificates: [CertificateSeen, ...CertificateSeen[]];
  /** Which of them the key is for; undefined: none. */
  keyOf: number | undefined;
  /** Where they lead, dates left aside. */
  chain: ChainSeen;
  /** Whether the first may be used by TLS servers, by its extended key usage. */
  forServers: boolean;
}

/** Why nothing can be read of it, and what to do. */
export type Unreadable = keyof typeof UNREADABLE;

const FORM =
  'store the certificate, its chain and its key as PEM text, one after the other, or as JSON {"certificate", "chain", "privateKey"}';

const UNREADABLE = {
  binary: `it holds bytes and not text; ${FORM}`,
  empty: `it holds no certificate; ${FORM}`,
  noKey: `it holds no private key; ${FORM}`,
  severalKeys: 'it holds more than one private key; store that of the certificate alone',
  encryptedKey:
    'its private key is encrypted, and ACM takes none that is; decrypt it ("openssl pkey -in key.pem") and store that',
  brokenKey: 'its private key cannot be read; store it as PEM as it was made, with its BEGIN and END lines',
  brokenCertificate: 'one of its certificates cannot be read; store each as PEM, with its BEGIN and END lines',
  wrongForm: `it is JSON without "certificate" and "privateKey"; ${FORM}`,
} as const;

/** Clocks differ: a certificate from the last minutes is not from the future. */
const CLOCK_SKEW_MS = 5 * 60_000;

const DAY_MS = 86_400_000;

/** Source: ACM User Guide, "Prerequisites for importing ACM certificates", checked 2026-11-29. */
const RSA_BITS = [2048, 3072, 4096];
const EC_CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

interface Judging {
  /** The names that it has to cover. */
  names: readonly string[];
  /** Where it is served. */
  place: Pick<CertificatePlace, 'type' | 'server' | 'keys'>;
  now: Date;
}

type Check = (stored: StoredCertificate, judging: Judging) => string | undefined;

/** Why a secret's certificate cannot be imported and served, as the end of a sentence with what to do. Undefined for one that can. */
export function importedProblem(seen: SecretSeen, judging: Judging): string | undefined {
  if ('unreadable' in seen) return UNREADABLE[seen.unreadable];
  for (const check of CHECKS) {
    const why = check(seen, judging);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** ACM names the first of a file the certificate. */
const leafNotFirst: Check = ({ certificates, keyOf }) => {
  if (keyOf === undefined || keyOf === 0) return undefined;
  return `its key is that of ${quoted(certificates[keyOf])}, which comes after ${quoted(certificates[0])}; store the certificate of the site first, then the issuer of each`;
};

const keyOfAnother: Check = ({ certificates, keyOf }) =>
  keyOf === undefined
    ? `its private key is not that of ${quoted(certificates[0])}; store the key that the certificate was requested with`
    : undefined;

const selfSigned: Check = ({ certificates, chain }) =>
  chain.trust === 'selfSigned'
    ? `${quoted(certificates[0])} is signed by itself, and no browser trusts it; store one of a public authority`
    : undefined;

const repeated: Check = ({ certificates }) => {
  const twice = certificates.find(({ fingerprint }, at) =>
    certificates.slice(0, at).some((earlier) => earlier.fingerprint === fingerprint),
  );
  return twice && `${quoted(twice)} is in it twice; store each certificate once`;
};

/** Complete but not in order, or with a stranger in between. */
const outOfOrder: Check = ({ certificates, chain }) => {
  if (chain.inOrder) return undefined;
  const at = certificates.findIndex(({ issuer }, place) => {
    const next = certificates[place + 1];
    return next !== undefined && next.subject !== issuer;
  });
  const [before, after] = [certificates[at], certificates[at + 1]];
  const which = before && after ? `: ${quoted(after)} follows ${quoted(before)} and did not issue it` : '';
  return `its chain is out of order${which}; store the certificate first, then the issuer of each, and no others`;
};

const incomplete: Check = ({ certificates, chain }) => {
  const last = certificates.at(-1) ?? certificates[0];
  if (chain.trust === 'incomplete' || (certificates.length === 1 && chain.trust !== 'selfSigned')) {
    return `its chain is incomplete: the certificate of "${last.issuer}", which issued ${quoted(last)}, is missing; store the full chain (certbot: fullchain.pem)`;
  }
  if (chain.trust === 'unknownIssuer') {
    return `${quoted(certificates[0])} leads to "${last.issuer}", an authority that browsers do not know; store one of a public authority`;
  }
  return undefined;
};

/**
 * Besides the certificate itself. Source: Amazon CloudFront Developer Guide, "Troubleshooting distribution issues",
 * InvalidViewerCertificate; checked 2026-11-30.
 */
const LONGEST_CHAIN = 5;

const tooLong: Check = ({ certificates }, { place: { type } }) =>
  type === 'viewer certificate' && certificates.length - 1 > LONGEST_CHAIN
    ? `its chain has ${certificates.length - 1} certificates, and CloudFront takes ${LONGEST_CHAIN} at most; store those that lead to an authority, without the authority's own`
    : undefined;

const unusable: Check = ({ certificates, chain, forServers }) =>
  chain.trust === 'unusable' || !forServers
    ? `${quoted(certificates[0])} was not issued for TLS servers; store one whose extended key usage has "TLS Web Server Authentication"`
    : undefined;

const keyNotTaken: Check = ({ certificates: [leaf] }, { place: { server, keys } }) => {
  const { key } = leaf;
  const isTaken =
    key.curve === undefined
      ? key.type === 'rsa' && RSA_BITS.includes(key.bits ?? 0)
      : key.type === 'ec' && EC_CURVES.includes(key.curve);
  if (isTaken && !isWeakKey(key) && (!keys || keys.includes(kindOfKey(leaf)))) return undefined;
  return `the key of ${quoted(leaf)} is ${keyInWords(key)}, which ${server} does not take; have it issued for RSA 2048 or ECDSA P-256`;
};

/** "RSA_2048", as ACM calls it. */
export function kindOfKey({ key: { curve, bits } }: CertificateSeen): string {
  return curve === undefined ? `RSA_${bits}` : `EC_${curve}`;
}

const expired: Check = ({ certificates }, { now }) => {
  const ended = certificates.find(({ validTo }) => validTo <= now);
  return ended && `${quoted(ended)} expired on ${ended.validTo.toISOString()}; store its successor`;
};

const notYetValid: Check = ({ certificates }, { now }) => {
  const early = certificates.find(({ validFrom }) => validFrom.getTime() > now.getTime() + CLOCK_SKEW_MS);
  return (
    early &&
    `${quoted(early)} is valid from ${early.validFrom.toISOString()} on, and ACM takes none before; declare the site again then`
  );
};

const endsSoon: Check = ({ certificates: [leaf] }, { now }) =>
  leaf.validTo.getTime() < now.getTime() + MINIMUM_DAYS * DAY_MS
    ? `${quoted(leaf)} ends on ${leaf.validTo.toISOString()}, in less than ${MINIMUM_DAYS} days; store its successor`
    : undefined;

const notFor: Check = ({ certificates: [leaf] }, { names }) => {
  const missing = names.filter((name) => !covers(leaf.names, name));
  if (missing.length === 0) return undefined;
  const list = (all: readonly string[]): string => listed(all.map((name) => `"${name}"`)) || 'no name';
  return `${quoted(leaf)} is for ${list(leaf.names)}, and not for ${list(missing)}; store one that covers all names of the site`;
};

/** The first that is wrong is told: what it is of, then whether it can be served, then for how long and for whom. */
const CHECKS: readonly Check[] = [
  leafNotFirst,
  keyOfAnother,
  selfSigned,
  repeated,
  outOfOrder,
  incomplete,
  tooLong,
  unusable,
  keyNotTaken,
  expired,
  notYetValid,
  endsSoon,
  notFor,
];

const quoted = (certificate: CertificateSeen | undefined): string =>
  `"${certificate?.subject || certificate?.names[0] || 'a certificate without a subject'}"`;
