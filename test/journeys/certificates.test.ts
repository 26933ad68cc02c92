import { sharedBoot } from '../support/shared-boot.ts';
import { acme } from './certificates/acme.ts';
import { certificate } from './certificates/certificate.ts';
import { importedCertificate } from './certificates/imported-certificate.ts';

const boot = sharedBoot();

importedCertificate(boot);
acme(boot);
certificate(boot);
