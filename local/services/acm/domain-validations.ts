import type { DomainValidation } from '@aws-sdk/client-acm';
import type { Certificate } from './certificate.ts';

/** The validation of each name as Describe shows it; a record that hasn't appeared yet is left out. */
export const domainValidations = (certificate: Certificate): DomainValidation[] =>
  certificate.validations.map(({ name, record, recordShown, status }) => ({
    DomainName: name,
    ValidationDomain: name,
    ValidationStatus: status,
    ...(recordShown ? { ResourceRecord: { ...record } } : {}),
    ValidationMethod: 'DNS',
  }));
