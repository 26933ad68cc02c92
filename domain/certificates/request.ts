import { createHash } from 'node:crypto';

/** Letters, digits and "_" at most. Source: RequestCertificate, `IdempotencyToken`, checked 2026-11-22. */
const MAX_TOKEN_CHARACTERS = 32;

/** What is asked of ACM. */
export interface CertificateRequest {
  /** The common name first, then the others. */
  names: string[];
  /** Derived from the names and the revision, so that a repeated request within the hour makes nothing (failures A3). */
  token: string;
}

export function certificateRequest(names: readonly string[], { revision }: { revision: number }): CertificateRequest {
  const token = createHash('sha256')
    .update(`${names.join(' ')} ${revision}`)
    .digest('hex')
    .slice(0, MAX_TOKEN_CHARACTERS);
  return { names: [...names], token };
}
