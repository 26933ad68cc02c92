import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/**
 * Trusts further authorities, PEM, once a TLS context is made or the trusted ones are asked for. To read Node's own takes 15 ms,
 * and most functions use no TLS: the local AWS itself is called without.
 */
export function installAuthorities(authorities: readonly string[]): void {
  const { createSecureContext, getCACertificates } = tls;
  let installed = false;
  const install = (): void => {
    if (!installed) tls.setDefaultCACertificates([...getCACertificates('default'), ...authorities]);
    installed = true;
  };
  tls.createSecureContext = (options) => {
    install();
    return createSecureContext(options);
  };
  tls.getCACertificates = (type) => {
    install();
    return getCACertificates(type);
  };
  syncBuiltinESMExports();
}
