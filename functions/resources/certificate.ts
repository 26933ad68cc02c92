import { HOME } from '../../domain/certificates/place.ts';
import { certificateSteps } from '../shared/certificates/certificate-steps.ts';

/** The certificate that the load balancer serves. */
export const handler = certificateSteps(HOME);
