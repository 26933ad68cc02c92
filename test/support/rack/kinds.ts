/** Servers whose certificate, or the chain they send, is wrong. `leafTwice` and `strangerInChain` send one too many in between. */
export const CERTIFICATE_FAULTS = [
  'expired',
  'notYetValid',
  'selfSigned',
  'unknownIssuer',
  'incompleteChain',
  'wrongOrder',
  'wrongName',
  'weakKey',
  'p521Key',
  'leafTwice',
  'strangerInChain',
] as const;

/**
 * Servers whose handshake is wrong: TLS 1.1 at most, one cipher that CloudFront doesn't offer, in TLS 1.2 and in 1.3, one curve
 * that it doesn't, a client certificate wanted, in TLS 1.2 and in 1.3 (where the handshake ends before the server looks).
 */
export const HANDSHAKE_FAULTS = [
  'oldProtocol',
  'otherCipher',
  'otherCipher13',
  'otherCurve',
  'clientCertificate',
  'clientCertificate13',
] as const;

/**
 * Servers that don't come to a page. `filtered` drops every packet, `noRoute` has no way there, `silent` accepts and says
 * nothing, `noPage` says nothing after the handshake, `drip` sends a page's head byte by byte and never ends it,
 * `closesAtOnce` accepts and closes, `plainHttp` speaks HTTP where TLS is expected.
 */
export const CONNECTION_FAULTS = [
  'closed',
  'filtered',
  'noRoute',
  'silent',
  'noPage',
  'drip',
  'closesAtOnce',
  'plainHttp',
] as const;

/** Servers with nothing wrong; `withRoot` sends its root along, which clients ignore. */
export const HEALTHY = ['rsa2048', 'ecdsa256', 'wildcard', 'tls13', 'tls12', 'withRoot'] as const;

export const FAULTS = [...CERTIFICATE_FAULTS, ...HANDSHAKE_FAULTS, ...CONNECTION_FAULTS] as const;

export type Fault = (typeof FAULTS)[number];

/** A server of the rack, by what is wrong with it. */
export type Kind = Fault | (typeof HEALTHY)[number];
