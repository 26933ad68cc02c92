import type { Lifetime } from './expiry-stages.ts';

/** A certificate of ACM as its list tells of it, and `DescribeCertificate` of what the list leaves out. */
export interface AcmCertificate {
  arn: string;
  /** "ISSUED", "EXPIRED", "REVOKED" … */
  status: string;
  /** "AMAZON_ISSUED", "IMPORTED" or "PRIVATE". */
  type: string;
  /** Both absent until it is issued. */
  validFrom?: Date;
  validTo?: Date;
  /** Whether a load balancer or distribution has it. */
  inUse: boolean;
  /** Whether ACM renews it: it is in use, or was exported since it was issued last. */
  isEligible: boolean;
  /** Of `DescribeCertificate` alone. */
  detail?: {
    /** Hexadecimal digits. */
    serial?: string;
    names: string[];
    renewal?: Renewal;
  };
}

/** The renewal of a certificate, from its first attempt on. */
export interface Renewal {
  /** "PENDING_AUTO_RENEWAL", "PENDING_VALIDATION", "SUCCESS" or "FAILED". */
  status: string;
  /** "CAA_ERROR" … */
  reason?: string;
  updatedAt?: Date;
  /** The records that ACM waits for, "_x.shop.example.com CNAME _y.acm-validations.aws" each. */
  waitsFor: string[];
}

/** A certificate as an address serves it under a name. */
export interface ServedCertificate extends Lifetime {
  name: string;
  address: string;
  /** Hexadecimal digits. */
  serial: string;
  issuer: string;
  names: string[];
}

/** "0A:1B" and "a1b" are the same: ACM writes bytes, TLS a number. */
export function plainSerial(serial: string): string {
  return serial
    .replaceAll(':', '')
    .toLowerCase()
    .replace(/^0+(?=.)/, '');
}

/** Whether a certificate is served that a listing tells of: it tells no serial, and a renewal has another end. */
export function hasSameEnd(served: Pick<Lifetime, 'validTo'>, { validTo }: AcmCertificate): boolean {
  // ACM tells seconds.
  return validTo !== undefined && Math.floor(served.validTo.getTime() / 1000) === Math.floor(validTo.getTime() / 1000);
}
