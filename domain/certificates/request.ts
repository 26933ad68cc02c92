import { createHash } from 'node:crypto';

/** Letters, digits and "_" at most. Source: RequestCertificate, `IdempotencyToken`, checked 2026-11-22. */
const MAX_TOKEN_CHARACTERS = 32;

/** What is asked of ACM. */
export interface CertificateRequest {
  /** The common name first, then the others. */
  names: string[];
  /** Derived from the names and the generation, so that a repeated request within the hour makes nothing (failures A3). */
  token: string;
  /** Whether its private key is to leave ACM. */
  exportable?: boolean;
}

/** What certificates for the same names are told apart by: the operation, and which of its requests it is, from 1. One of CloudFront may be beside one of a load balancer. */
export interface Generation {
  revision: number;
  request: number;
}

export function certificateRequest(
  names: readonly string[],
  { revision, request, forViewers = false }: Generation & { forViewers?: boolean },
): CertificateRequest {
  const token = createHash('sha256')
    .update(`${names.join(' ')} ${revision} ${request}${forViewers ? ' viewers' : ''}`)
    .digest('hex')
    .slice(0, MAX_TOKEN_CHARACTERS);
  return { names: [...names], token };
}
