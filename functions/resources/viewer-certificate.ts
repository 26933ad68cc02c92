import { VIEWERS } from '../../domain/certificates/place.ts';
import { certificateSteps } from '../shared/certificates/certificate-steps.ts';

/** The certificate that CloudFront serves. */
export const handler = certificateSteps(VIEWERS);
