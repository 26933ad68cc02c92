import { usesAcme } from '../certificates/acme-names.ts';
import { originOf } from '../origins/origin.ts';
import { cdnOf } from '../sites/cdn.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import type { OriginFinding } from './origin-tls.ts';

/** Faults that another certificate mends. */
const OF_CERTIFICATE: ReadonlySet<OriginFinding['code']> = new Set([
  'certificateExpired',
  'certificateNotYetValid',
  'certificateExpiresSoon',
  'certificateSelfSigned',
  'certificateUntrusted',
  'certificateWrongName',
  'certificateUnusable',
  'chainIncomplete',
  'chainOutOfOrder',
  'chainExpired',
  'nameNotServed',
]);

/** What a finding of an origin says that most likely mends it; nothing beyond its own fix where that is all there is. */
export function originAdvice({ code }: Pick<OriginFinding, 'code'>, site: Site): string {
  if (!originOf(site).address) return '';
  if (OF_CERTIFICATE.has(code)) return usesAcme(site) ? acmeAdvice(site) : serverKitAdvice(kitNames(site));
  if (code === 'portFiltered' && site.cdn) {
    return '. If its firewall lets in CloudFront only, declare "lock": true in "cdn": it is not looked at from elsewhere then';
  }
  return '';
}

/** The commands that give the server its certificate by ACME. */
export const acmeAdvice = ({ domain }: Pick<Site, 'domain'>): string =>
  `. Run "npm run server-kit -- ${domain} --api URL --out DIR", which takes new credentials from POST /v1/sites/${domain}/server-credentials, follow the README.md that it writes, and open TCP 80 and 443`;

/** The names that the server needs a certificate for: those that are sent to it. */
const kitNames = (site: Site): readonly string[] =>
  site.cdn?.host === 'origin' ? [cdnOf(site).originName] : servedNames(site);

/** What gives a server a certificate that is renewed. */
export function serverKitAdvice([domain = '', ...aliases]: readonly string[]): string {
  const names = [domain, ...aliases].map((name) => `"${name}"`).join(', ');
  const words = [domain, ...aliases.map((name) => `--alias ${name}`), '--out DIR'].join(' ');
  return `. Install a certificate for ${names} on the server, which "npm run server-kit -- ${words}" prepares`;
}
