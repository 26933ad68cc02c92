import type {
  CertificateKeyPairOrigin,
  CertificateOptions,
  CertificateStatus,
  CertificateType,
  DomainStatus,
  FailureReason,
  KeyAlgorithm,
  RenewalSummary,
  ResourceRecord,
  RevocationReason,
} from '@aws-sdk/client-acm';
import type { KeyPair } from '../../certificates/key-pair.ts';
import type { Material } from './material.ts';
import type { Timers } from './timers.ts';

/** One name of a certificate and how far its validation got. */
export interface NameValidation {
  name: string;
  record: ResourceRecord;
  /** Describe shows the record only after some seconds. */
  recordShown: boolean;
  status: DomainStatus;
}

/** A certificate as ACM keeps it. */
export interface Certificate {
  readonly arn: string;
  readonly region: string;
  readonly type: CertificateType;
  /** Lower case, each once; the first is the certificate's domain name. */
  names: string[];
  keyAlgorithm: KeyAlgorithm;
  status: CertificateStatus;
  failureReason?: FailureReason;
  readonly createdAt: Date;
  issuedAt?: Date;
  importedAt?: Date;
  /** Calls that name it answer ResourceNotFoundException before. */
  readonly visibleAt: Date;
  /** Issued to a client of an ACME endpoint: ACM has no key of it, and neither renews nor announces it. */
  readonly acme?: { endpointArn: string; accountId: string };
  revocation?: { at: Date; reason: RevocationReason };
  options: CertificateOptions;
  readonly tags: Map<string, string>;
  /** A name each; empty for an imported certificate. */
  validations: NameValidation[];
  /** Made while the names are being validated, so that issuing doesn't wait for it. */
  keys?: Promise<KeyPair>;
  /** Whether somebody has ever exported it, and whether since it was issued last: so long ACM renews it. */
  exported?: 'current' | 'former';
  /** What was issued or imported. */
  material?: Material;
  /** ARNs of what uses it. */
  readonly usedBy: Set<string>;
  /** ARNs of what ACM believes to use it: it notices a release late. */
  readonly inUseBy: Set<string>;
  renewal?: RenewalSummary;
  /** The mark, in days before expiry, that "Renewal Action Required" was last sent for. */
  actionRequiredAtDays?: number;
  readonly timers: Timers;
}

/** The certificate's domain name: the subject's common name. */
export const domainName = (certificate: Certificate): string => certificate.names[0] ?? '';

/** Who made the key. */
export const keyPairOrigin = ({ type, acme }: Certificate): CertificateKeyPairOrigin =>
  acme ? 'ACME' : type === 'IMPORTED' ? 'CUSTOMER_PROVIDED' : 'AWS_MANAGED';

/** ACM renews what it issued and what is in use or was exported since it was issued last; nothing else, and nothing that has expired. */
export const renewable = (certificate: Certificate): boolean =>
  certificate.type === 'AMAZON_ISSUED' &&
  certificate.status === 'ISSUED' &&
  (certificate.inUseBy.size > 0 || certificate.exported === 'current');
