/** What a server kit is made for, checked. */
export interface KitRequest {
  /** Canonical; the first is the certificate's name. */
  names: readonly string[];
  /** Where the application listens on the server: "http://127.0.0.1:8080". */
  upstream: string;
  /** The `max-age` of Strict-Transport-Security, in seconds; undefined: no such header. */
  hstsSeconds: number | undefined;
  /** Whether the server listens on IPv6 as well. */
  ipv6: boolean;
  /** Undefined: the certificate is exported from ACM, and no ACME client runs. */
  acme: AcmeAccess | undefined;
}

/** What certbot is told. */
export interface AcmeAccess {
  directoryUrl: string;
  keyId: string;
  /** base64url; a secret. */
  macKey: string;
  /** Undefined: the account is registered without an address. */
  email: string | undefined;
}

/** The name that the certificate is filed under. */
export const certificateName = ({ names }: Pick<KitRequest, 'names'>): string => names[0] ?? '';

/** Where nginx finds certificate and key: certbot's own place, or where a person puts them. */
export const certificateFolder = (request: Pick<KitRequest, 'names' | 'acme'>): string =>
  `${request.acme ? '/etc/letsencrypt/live' : '/etc/nginx/certificates'}/${certificateName(request)}`;

/** File systems take 255 bytes; a domain name may have 253. */
const MOST_CHARACTERS = 240;

/** The name of the file that has nginx's configuration. */
export const nginxFile = (request: Pick<KitRequest, 'names'>): string =>
  `${certificateName(request).slice(0, MOST_CHARACTERS)}.conf`;
