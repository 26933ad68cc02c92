import { VIEWERS } from '../../domain/certificates/place.ts';
import { type CertificateResource, certificateIn } from '../certificate/certificate.ts';

/** The certificate that CloudFront serves, in the one region where it takes them from (failures A22). */
export const viewerCertificate: CertificateResource = certificateIn(VIEWERS);
