import type { CaaSet } from '../zones/authorization.ts';
import type { LameServer } from '../zones/delegation.ts';

/** All that was seen of a name, and nothing of what it means. */
export interface Seen {
  /** In lower case A-labels. */
  name: string;
  /** What certificates are judged by. */
  now: Date;
  delegation: DelegationSeen | NotSeen;
  /** What each name server of the zone says of the name. */
  servers: ServerSaid[];
  /** The closest CAA records; `set` is undefined where there are none. */
  caa: { set: CaaSet | undefined } | NotSeen;
  names: NamesSeen;
  endpoints: EndpointSeen[];
  /** Addresses beyond those that are looked at. */
  leftOut: number;
  /** What the site of that name declares; undefined for any other name. */
  declared?: Declared;
  /** The path of a WebSocket that the caller knows of; undefined when none was given. */
  webSocketPath?: string;
}

/** What is as it should be because the site says so. */
export interface Declared {
  /** What viewers are served over, and the port. */
  scheme: 'http' | 'https';
  port: number;
  http: 'redirect' | 'reject';
  /** The blocks that viewers come from. */
  access: readonly string[];
}

/** Something that could not be looked at, and why; `network` when it is this machine that reaches no name server at all. */
export interface NotSeen {
  failure: string;
  network?: boolean;
}

/** How a zone is delegated. */
export interface DelegationSeen {
  /** The zone that holds the name, or would. */
  zone: string;
  /** The zone above it; "" is the root. */
  parent: string;
  /** The name servers that the parent names; none when it doesn't delegate. */
  parentServers: string[];
  /** Those that the zone names itself; none when it doesn't answer. */
  ownServers: string[];
  lame: LameServer[];
  dnssec: DnssecSeen;
}

export interface DnssecSeen {
  /** DS records of the parent, as "12345 13 2 …". */
  ds: string[];
  /** Whether the zone has a DNSKEY; undefined when it can't be asked. */
  signed: boolean | undefined;
  /** Whether a DS record is that of one of its keys; undefined when none could be compared. */
  matches: boolean | undefined;
}

export interface ServerSaid {
  server: string;
  /** "NOERROR", "NXDOMAIN" … */
  rcode: string;
  /** Whether it has an address or a CNAME for the name. */
  has: boolean;
}

/** Where a name leads. */
export interface NamesSeen {
  /** The names that CNAMEs lead over, in order. */
  over: string[];
  /** How it ends: "found" with addresses, or why there are none. */
  end: 'found' | 'noSuchName' | 'noData' | 'loop' | 'failed';
  /** Why the last name can't be looked up, where that is how it ends. */
  failure?: string;
  /** Every address, each once, those that aren't public included. */
  addresses: string[];
  /** Those that no viewer on the internet reaches; never connected to. */
  notPublic: string[];
}

/** One address under the name. */
export interface EndpointSeen {
  address: string;
  /** Where TLS was asked for. Default 443. */
  port?: number;
  secure: SecureSeen | NoAnswer;
  plain: PlainSeen | NoAnswer;
}

/** Where an exchange with an address ended. */
export interface NoAnswer {
  /** What was tried when it ended. */
  stage: 'connect' | 'handshake' | 'page';
  /** "ECONNREFUSED", "ETIMEDOUT", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" …; "NO_TIME" when the look was over, which says nothing. */
  failure: string;
  /** What was seen instead of TLS on port 443, where the handshake failed. */
  instead?: {
    /** What it answers to plain HTTP. */
    plainStatus?: number;
    /** The newest accepted version among the deprecated ones (RFC 8996). */
    oldProtocol?: string;
    /** Whether the server had sent its certificate before it ended the handshake. */
    afterCertificate?: boolean;
  };
}

export interface PlainSeen {
  page: PageSeen;
  /** Where a viewer is sent from there. */
  walk: Hop[];
}

/** TLS at one address under one name, and the page behind it. */
export interface TlsSeen {
  protocol: string;
  /** Whether a handshake with what CloudFront offers an origin comes about. */
  forCloudFront: boolean;
  /** As sent, that of the name first. */
  certificates: [CertificateSeen, ...CertificateSeen[]];
  /** Whether the first covers the name. */
  covers: boolean;
  chain: ChainSeen;
  page: PageSeen | NoAnswer;
}

export interface SecureSeen extends TlsSeen {
  /** "TLSv1.1", "TLSv1": the newest deprecated version that it accepts besides. */
  oldProtocol?: string;
  walk: Hop[];
  /** The answer to a WebSocket upgrade. */
  upgrade?: PageSeen | NoAnswer;
}

export interface CertificateSeen {
  /** "CN=shop.example.com" */
  subject: string;
  issuer: string;
  names: string[];
  validFrom: Date;
  validTo: Date;
  /** The serial number, hexadecimal digits. */
  serial: string;
  /** Hexadecimal digits: the same for the same certificate. */
  fingerprint: string;
  key: { type: string; bits?: number; curve?: string };
}

/** Where the chain leads, dates left aside. */
export interface ChainSeen {
  trust: 'trusted' | 'selfSigned' | 'incomplete' | 'unknownIssuer' | 'unusable';
  /** Whether each certificate is followed by that of its issuer. */
  inOrder: boolean;
  /** What OpenSSL calls it, where it doesn't trust the chain. */
  error?: string;
}

/** An HTTP answer. */
export interface PageSeen {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The first 4 KiB. */
  body: string;
}

/** A redirect, and what came of following it. */
export interface Hop {
  from: string;
  status: number;
  to: string;
  /**
   * "followed" at the same address; "again" when the viewer has been there; "elsewhere" for another host, which is not
   * asked; "dead" for a host that does not exist or a port that is not asked; "tooMany" when it is left at that.
   */
  then: 'followed' | 'again' | 'elsewhere' | 'dead' | 'tooMany';
  /** Whether a cookie was set on the way: a browser may get another answer. */
  cookie?: boolean;
}

/** Whether an exchange came to its end. */
export function answered<Seen extends object>(seen: Seen | NoAnswer): seen is Seen {
  return !('stage' in seen);
}

/** Whether it was looked at. */
export function isSeen<Looked extends object>(looked: Looked | NotSeen): looked is Looked {
  return !('failure' in looked);
}
