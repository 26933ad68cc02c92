import { displayName } from '../names/display-name.ts';
import { certbotOptions } from './certbot-options.ts';
import { exportedPage } from './exported-page.ts';
import { nginxConfig } from './nginx-config.ts';
import { portsPage } from './ports-page.ts';
import { readmePage } from './readme-page.ts';
import { RENEWAL_SERVICE, RENEWAL_TIMER } from './renewal-units.ts';
import { certificateName, type KitRequest, nginxFile } from './request.ts';

/** One file of a kit. */
export interface KitFile {
  name: string;
  /** What it is for, in a few words. */
  what: string;
  text: string;
  /** Readable by its owner only. */
  secret: boolean;
}

/** Every file of a server kit. The same request always makes the same files. */
export function serverKit(request: KitRequest): KitFile[] {
  const open = (name: string, what: string, text: string): KitFile => ({ name, what, text, secret: false });
  const { acme } = request;
  const shownName = displayName(certificateName(request));
  const readme = (text: string): KitFile => open('README.md', 'what to do on the server, in this order', text);
  const ports = open('PORTS.md', 'which ports to open, and how', portsPage(request));
  const nginx = open(nginxFile(request), 'the site in nginx', nginxConfig(request));
  if (!acme) return [readme(exportedPage(request, shownName)), ports, nginx];
  const secret = certbotOptions(request, acme);
  return [
    readme(readmePage(request, shownName)),
    ports,
    { name: 'certbot.ini', what: 'what certbot registers with: secret', text: secret, secret: true },
    nginx,
    open('certificate-renewal.service', 'renews the certificate when it is due', RENEWAL_SERVICE),
    open('certificate-renewal.timer', 'when that is looked at', RENEWAL_TIMER),
  ];
}
