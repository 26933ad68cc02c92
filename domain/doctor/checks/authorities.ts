/**
 * Names that a CAA record has for an authority, by what is in the issuer of its certificates.
 * Source: the authorities' own documents, and CCADB's "CAA identifiers"; checked 2026-11-29.
 */
const AUTHORITIES: readonly [issuer: RegExp, names: readonly string[]][] = [
  [/O=Amazon\b/, ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com']],
  [/O=Let's Encrypt/, ['letsencrypt.org']],
  [/O=Google Trust Services/, ['pki.goog']],
  [
    /O="?(DigiCert|GeoTrust|Thawte|RapidSSL)/i,
    ['digicert.com', 'symantec.com', 'geotrust.com', 'rapidssl.com', 'thawte.com', 'www.digicert.com', 'amazon.com'],
  ],
  [
    /O="?(Sectigo|COMODO|ZeroSSL)/i,
    ['sectigo.com', 'comodoca.com', 'comodo.com', 'usertrust.com', 'trust-provider.com', 'zerossl.com'],
  ],
  [/O=GlobalSign/, ['globalsign.com']],
  [/O="?(GoDaddy|Starfield)/i, ['godaddy.com', 'starfieldtech.com']],
  [/O="?SSL Corp/i, ['ssl.com']],
  [/O="?Buypass/i, ['buypass.com', 'buypass.no']],
];

/** The CAA names of who issued a certificate; undefined for one that isn't known here. */
export function caaNamesOf(issuer: string): readonly string[] | undefined {
  return AUTHORITIES.find(([pattern]) => pattern.test(issuer))?.[1];
}
