import type { Rate } from '../../../clock/token-bucket.ts';

// Source: AWS Certificate Manager User Guide, "Quotas"; checked 2026-11-29. Endpoints and rates count per account and Region.

export const ENDPOINTS = 50;
export const BINDINGS_PER_ENDPOINT = 1_000;
export const VALIDATIONS_PER_ENDPOINT = 1_500;
export const NAMES_PER_ORDER = 100;

const perSecond = (calls: number): Rate => ({ burst: calls, perSecond: calls });
const [READ, WRITE, VALIDATION] = [perSecond(30), perSecond(20), perSecond(5)];

export const ACME_RATES: Record<string, Rate> = {
  CreateAcmeDomainValidation: VALIDATION,
  CreateAcmeEndpoint: WRITE,
  CreateAcmeExternalAccountBinding: WRITE,
  DeleteAcmeDomainValidation: VALIDATION,
  DeleteAcmeEndpoint: WRITE,
  DeleteAcmeExternalAccountBinding: WRITE,
  DescribeAcmeAccount: READ,
  DescribeAcmeDomainValidation: READ,
  DescribeAcmeEndpoint: READ,
  DescribeAcmeExternalAccountBinding: READ,
  GetAcmeExternalAccountBindingCredentials: READ,
  ListAcmeAccounts: READ,
  ListAcmeDomainValidations: READ,
  ListAcmeEndpoints: READ,
  ListAcmeExternalAccountBindings: READ,
  RevokeAcmeAccount: WRITE,
  RevokeAcmeExternalAccountBinding: WRITE,
  UpdateAcmeDomainValidation: VALIDATION,
  UpdateAcmeEndpoint: WRITE,
};

/** What ACME clients may ask, by operations as CloudTrail names them. */
export const PROTOCOL_RATES = {
  ChangeAccountKey: perSecond(20),
  FinalizeOrder: perSecond(1),
  GetCertificate: perSecond(25),
  GetDirectory: perSecond(25),
  GetOrder: perSecond(25),
  ListOrders: perSecond(25),
  ManageAccount: perSecond(20),
  ManageAuthorization: perSecond(25),
  NewAccount: perSecond(20),
  NewNonce: perSecond(25),
  NewOrder: perSecond(20),
  RevokeCertificate: perSecond(1),
} satisfies Record<string, Rate>;

export type ProtocolOperation = keyof typeof PROTOCOL_RATES;
