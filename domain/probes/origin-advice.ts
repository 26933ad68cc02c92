import { serverNames, usesAcme, usesExport } from '../certificates/server-names.ts';
import { listed } from '../listed.ts';
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
export function originAdvice({ code }: Pick<OriginFinding, 'code'>, site: Site, certificateArn?: string): string {
  if (!originOf(site).address) return '';
  if (OF_CERTIFICATE.has(code)) return certificateAdvice(site, certificateArn);
  if (code === 'portFiltered' && site.cdn) {
    return '. If its firewall lets in CloudFront only, declare "lock": true in "cdn": it is not looked at from elsewhere then';
  }
  return '';
}

/** What gives the server its certificate, as the document says. `certificateArn`: of the one to export, once it was requested. */
export function certificateAdvice(site: Site, certificateArn?: string): string {
  if (usesAcme(site)) return acmeAdvice(site);
  return usesExport(site) ? exportAdvice(site, certificateArn) : serverKitAdvice(kitNames(site));
}

/** The key is encrypted on its way, and no one but the person who exports it may read it. */
function exportAdvice(site: Site, arn: string | undefined): string {
  if (arn === undefined) {
    return `. ACM issues a certificate for ${listed(serverNames(site))} that you export then, with credentials of your own; the site tells the command`;
  }
  const [, , , region] = arn.split(':');
  return `. Export it with credentials of your own: "umask 077; openssl rand -hex 32 | tr -d '\\n' > passphrase; aws acm export-certificate --region ${region} --certificate-arn ${arn} --passphrase fileb://passphrase --output json > exported.json". Its PrivateKey is decrypted by "openssl pkey -passin file:passphrase", Certificate and CertificateChain are the full chain; "nameplate server-kit ${kitWords(kitNames(site))} --exported --out DIR" writes all steps with nginx's configuration. Open TCP 443`;
}

/** The commands that give the server its certificate by ACME. */
const acmeAdvice = ({ domain }: Pick<Site, 'domain'>): string =>
  `. Run "nameplate server-kit ${domain} --from-site --out DIR", which takes new credentials for it, follow the README.md that it writes, and open TCP 80 and 443`;

/** The names that the server needs a certificate for: those that are sent to it. */
const kitNames = (site: Site): readonly string[] =>
  site.cdn?.host === 'origin' ? [cdnOf(site).originName] : servedNames(site);

const kitWords = ([domain = '', ...aliases]: readonly string[]): string =>
  [domain, ...aliases.map((name) => `--alias ${name}`)].join(' ');

/** What gives a server a certificate that is renewed. */
function serverKitAdvice(all: readonly string[]): string {
  const names = all.map((name) => `"${name}"`).join(', ');
  return `. Install a certificate for ${names} on the server, which "nameplate server-kit ${kitWords(all)} --out DIR" prepares`;
}
