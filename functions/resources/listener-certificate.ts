import { addListenerCertificate } from '../../resources/listener-certificate/add.ts';
import { listenerCertificate } from '../../resources/listener-certificate/listener-certificate.ts';
import { removeListenerCertificates } from '../../resources/listener-certificate/remove.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Has a load balancer that exists serve the certificate of the site too, and no longer once the site does not use it. */
export const handler = byPhase({
  prepare: preparing('AddListenerCertificate', listenerCertificate, addListenerCertificate),
  release: releasing('RemoveListenerCertificates', {
    resource: listenerCertificate,
    applying: removeListenerCertificates,
    after: 'AddListenerCertificate',
  }),
});
