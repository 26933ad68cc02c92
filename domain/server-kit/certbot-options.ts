import { type AcmeAccess, certificateName, type KitRequest } from './request.ts';

/** Seconds. Source: ACM User Guide, "Troubleshoot ACME certificate automation"; checked 2026-11-29. */
const ISSUANCE_TIMEOUT_SECONDS = 120;

/**
 * What certbot runs after it has a certificate: nginx reads it without closing a connection, if it runs. certbot keeps this
 * with the certificate, so that a timer of the distribution's own package reloads nginx as well.
 */
const DEPLOY_HOOK = 'nginx -t && systemctl try-reload-or-restart nginx';

/**
 * certbot's options as a file, so that the secret is on no command line. The key is P-256, which every client and CloudFront take.
 * No challenge is served, and "standalone" opens no port: ACM's endpoint has approved the names beforehand.
 */
export function certbotOptions(request: Pick<KitRequest, 'names'>, acme: AcmeAccess): string {
  const { names } = request;
  const lines = [
    '# The credentials register this server once. Delete this file after the first certificate.',
    `server = ${acme.directoryUrl}`,
    `eab-kid = ${acme.keyId}`,
    `eab-hmac-key = ${acme.macKey}`,
    ...(acme.email === undefined ? ['register-unsafely-without-email = true'] : [`email = ${acme.email}`]),
    'agree-tos = true',
    'non-interactive = true',
    'authenticator = standalone',
    `issuance-timeout = ${ISSUANCE_TIMEOUT_SECONDS}`,
    'key-type = ecdsa',
    'elliptic-curve = secp256r1',
    `cert-name = ${certificateName(request)}`,
    `domains = ${names.join(',')}`,
    `deploy-hook = ${DEPLOY_HOOK}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Renews whatever is due on the server, with the patience that ACM's endpoint needs: certbot does not keep that. */
export const RENEW_COMMAND = `certbot renew --quiet --no-random-sleep-on-renew --issuance-timeout ${ISSUANCE_TIMEOUT_SECONDS}`;
