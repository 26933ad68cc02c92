import type { Service } from '../../../wire/service.ts';
import { describeAcmeAccount, listAcmeAccounts, revokeAcmeAccount } from './account-operations.ts';
import type { Acme } from './acme.ts';
import {
  createAcmeExternalAccountBinding,
  deleteAcmeExternalAccountBinding,
  describeAcmeExternalAccountBinding,
  getAcmeExternalAccountBindingCredentials,
  listAcmeExternalAccountBindings,
  revokeAcmeExternalAccountBinding,
} from './binding-operations.ts';
import { createAcmeDomainValidation } from './create-domain-validation.ts';
import { createAcmeEndpoint } from './create-endpoint.ts';
import {
  deleteAcmeDomainValidation,
  describeAcmeDomainValidation,
  listAcmeDomainValidations,
  updateAcmeDomainValidation,
} from './domain-validation-operations.ts';
import {
  deleteAcmeEndpoint,
  describeAcmeEndpoint,
  listAcmeEndpoints,
  updateAcmeEndpoint,
} from './endpoint-operations.ts';

/** The operations of ACME endpoints and of what belongs to one. */
export const acmeOperations = (acme: Acme): Service['operations'] => ({
  CreateAcmeEndpoint: createAcmeEndpoint(acme),
  DescribeAcmeEndpoint: describeAcmeEndpoint(acme),
  ListAcmeEndpoints: listAcmeEndpoints(acme),
  UpdateAcmeEndpoint: updateAcmeEndpoint(acme),
  DeleteAcmeEndpoint: deleteAcmeEndpoint(acme),
  CreateAcmeDomainValidation: createAcmeDomainValidation(acme),
  DescribeAcmeDomainValidation: describeAcmeDomainValidation(acme),
  ListAcmeDomainValidations: listAcmeDomainValidations(acme),
  UpdateAcmeDomainValidation: updateAcmeDomainValidation(acme),
  DeleteAcmeDomainValidation: deleteAcmeDomainValidation(acme),
  CreateAcmeExternalAccountBinding: createAcmeExternalAccountBinding(acme),
  DescribeAcmeExternalAccountBinding: describeAcmeExternalAccountBinding(acme),
  ListAcmeExternalAccountBindings: listAcmeExternalAccountBindings(acme),
  GetAcmeExternalAccountBindingCredentials: getAcmeExternalAccountBindingCredentials(acme),
  RevokeAcmeExternalAccountBinding: revokeAcmeExternalAccountBinding(acme),
  DeleteAcmeExternalAccountBinding: deleteAcmeExternalAccountBinding(acme),
  DescribeAcmeAccount: describeAcmeAccount(acme),
  ListAcmeAccounts: listAcmeAccounts(acme),
  RevokeAcmeAccount: revokeAcmeAccount(acme),
});
