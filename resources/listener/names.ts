import type { ResourceRef } from '../../domain/changes/change.ts';
import { resourceName } from '../../domain/ownership.ts';

export const TYPE = 'listener';

/** A listener as plans name it: "np-0123456789ab HTTPS 443". */
export function listenerName(domain: string, { protocol, port }: { protocol: string; port: number }): string {
  return `${resourceName(domain)} ${protocol} ${port}`;
}

/** The listener on port 443 as plans name it. */
export function secureListenerName(domain: string): string {
  return listenerName(domain, { protocol: 'HTTPS', port: 443 });
}

/** A certificate in the list that the listener serves by SNI, as plans name it. */
export function listenerCertificate(listener: ResourceRef, certificate: string): ResourceRef {
  return {
    type: 'listener certificate',
    name: `${listener.name} ${certificate}`,
    ...(listener.id && { id: listener.id }),
  };
}
