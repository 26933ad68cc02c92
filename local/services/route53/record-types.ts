import type { RRType } from '@aws-sdk/client-route-53';

/** Every record type Route 53 knows. Not taken from the SDK's object, so that its client is loaded on the first call only. */
export const RECORD_TYPES: readonly RRType[] = Object.keys({
  A: true,
  AAAA: true,
  CAA: true,
  CNAME: true,
  DS: true,
  HTTPS: true,
  MX: true,
  NAPTR: true,
  NS: true,
  PTR: true,
  SOA: true,
  SPF: true,
  SRV: true,
  SSHFP: true,
  SVCB: true,
  TLSA: true,
  TXT: true,
} satisfies Record<RRType, true>) as RRType[];
