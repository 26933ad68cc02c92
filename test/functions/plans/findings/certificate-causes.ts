import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { Authority } from '../../../../local/certificates/authority.ts';
import { aCertificate } from '../../../support/certificates.ts';
import { CERTIFICATE } from '../../../support/plannable-account.ts';
import { domain } from '../../../support/steps.ts';
import type { Cause, Looked } from './cause.ts';

/** What a plan says of certificates that stand. */
export const certificateCauses = ({ account }: Looked): Cause[] => [
  {
    check: 'certificateNotRenewed',
    severity: 'warning',
    when: 'the one that is named was imported',
    site: { certificate: { arn: CERTIFICATE } },
    cause: async () => {
      const authority = await Authority.create();
      setDefaultCACertificates([...getCACertificates('default'), authority.rootPem]);
      account.importedIs(await aCertificate(authority, { names: [domain, `*.${domain}`] }));
    },
    fix: 'It ends on 2027-06-15: import its successor under the same ARN before',
  },
  {
    check: 'certificateNotRenewed',
    severity: 'warning',
    when: 'the one that is named was validated by mail',
    site: { certificate: { arn: CERTIFICATE } },
    cause: () =>
      account.certificateIs({ DomainValidationOptions: [{ DomainName: domain, ValidationMethod: 'EMAIL' }] }),
    fix: 'answer before, or have one issued by DNS',
  },
  {
    check: 'certificateExists',
    severity: 'info',
    when: 'one that covers all names is issued already',
    cause: () => {
      const names = [`*.${domain}`, domain];
      account.acm.on(ListCertificatesCommand).resolves({
        CertificateSummaryList: [
          {
            CertificateArn: CERTIFICATE,
            DomainName: `*.${domain}`,
            Status: 'ISSUED',
            Type: 'AMAZON_ISSUED',
            SubjectAlternativeNameSummaries: names,
          },
        ],
      });
    },
    fix: `"certificate": { "arn": "${CERTIFICATE}" }`,
  },
];
