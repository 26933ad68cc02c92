import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/**
 * Trusts further authorities, PEM, from the first TLS context on. To read Node's own takes 15 ms, and most functions use
 * no TLS: the local AWS itself is called without.
 */
export function installAuthorities(authorities: readonly string[]): void {
  const { createSecureContext } = tls;
  let installed = false;
  tls.createSecureContext = (options) => {
    if (!installed) tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...authorities]);
    installed = true;
    return createSecureContext(options);
  };
  syncBuiltinESMExports();
}
