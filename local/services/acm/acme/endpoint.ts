import type {
  AcmeAccountStatus,
  AcmeContact,
  AcmeDomainValidationFailureReason,
  AcmeDomainValidationStatus,
  AcmeEndpointStatus,
  DomainScope,
  PublicKeyAlgorithm,
  ResourceRecord,
  Tag,
} from '@aws-sdk/client-acm';
import type { JWK } from 'jose';
import type { TokenBucket } from '../../../clock/token-bucket.ts';
import type { Timers } from '../timers.ts';
import type { Nonces } from './directory/nonces.ts';

/** What every ACME resource of ACM has. */
interface Resource {
  readonly arn: string;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly tags: Map<string, string>;
}

/** An ACME server of the account, with everything that belongs to it and is deleted with it. */
export interface AcmeEndpoint extends Resource {
  /** The UUID in its ARN and its URLs. */
  readonly id: string;
  readonly region: string;
  readonly account: string;
  /** "https://acm-acme-enroll.us-east-1.api.aws/<id>" */
  readonly url: string;
  status: AcmeEndpointStatus;
  contact: AcmeContact;
  /** Undefined: the endpoint itself refuses no key algorithm. */
  allowedKeyAlgorithms: PublicKeyAlgorithm[] | undefined;
  readonly certificateTags: Tag[];
  readonly validations: Map<string, DomainValidation>;
  readonly bindings: Map<string, Binding>;
  /** By URL. */
  readonly accounts: Map<string, AcmeAccount>;
  readonly orders: Map<string, Order>;
  readonly authorizations: Map<string, Authorization>;
  /** What was issued, by the id in its URL. */
  readonly issued: Map<string, IssuedByAcme>;
  readonly nonces: Nonces;
  readonly timers: Timers;
}

/** A domain that an endpoint may issue for without a challenge. */
export interface DomainValidation extends Resource {
  readonly domainName: string;
  scope: DomainScope;
  hostedZoneId: string | undefined;
  readonly record: ResourceRecord;
  /** Describe shows the record only after some seconds. */
  recordShown: boolean;
  status: AcmeDomainValidationStatus;
  failure?: { Reason: AcmeDomainValidationFailureReason; Message: string };
  readonly timers: Timers;
}

/** An external account binding: the credentials that a client registers with, and the role that its requests are judged by. */
export interface Binding extends Resource {
  readonly roleArn: string;
  readonly expiresAt: Date | undefined;
  revokedAt?: Date;
  lastUsedAt?: Date;
  readonly keyId: string;
  /** base64url */
  readonly macKey: string;
}

export interface AcmeAccount {
  readonly id: string;
  readonly url: string;
  status: AcmeAccountStatus;
  contacts: string[];
  jwk: JWK;
  /** RFC 7638, SHA-256. */
  thumbprint: string;
  readonly createdAt: Date;
  readonly bindingArn: string;
  /** The binding's, which outlives the binding here. */
  readonly roleArn: string;
  /** The externalAccountBinding as it was sent. */
  readonly externalAccountBinding: object;
}

export interface Order {
  readonly id: string;
  readonly url: string;
  readonly account: AcmeAccount;
  status: 'pending' | 'ready' | 'processing' | 'valid' | 'invalid';
  readonly expiresAt: Date;
  /** Lower case, each once; "*.example.test" for a wildcard. */
  readonly names: string[];
  readonly authorizations: Authorization[];
  certificateUrl?: string;
  error?: object;
}

export interface Authorization {
  readonly url: string;
  readonly account: AcmeAccount;
  readonly name: string;
  readonly expiresAt: Date;
  status: 'valid' | 'deactivated';
}

export interface IssuedByAcme {
  readonly account: AcmeAccount;
  readonly certificateArn: string;
  /** base64 of the DER. */
  readonly der: string;
  /** The leaf, then what leads to the root, which is left out. */
  readonly chainPem: string;
  readonly thumbprint: string;
  revoked: boolean;
}

/** What an AWS account may ask of all its endpoints in a Region, by operation. */
export type ProtocolBuckets = Map<string, TokenBucket>;
