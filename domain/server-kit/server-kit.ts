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
  text: string;
  /** Readable by its owner only. */
  secret: boolean;
}

/** Every file of a server kit. The same request always makes the same files. */
export function serverKit(request: KitRequest): KitFile[] {
  const open = (name: string, text: string): KitFile => ({ name, text, secret: false });
  const { acme } = request;
  const shownName = displayName(certificateName(request));
  const ports = open('PORTS.md', portsPage(request));
  const nginx = open(nginxFile(request), nginxConfig(request));
  if (!acme) return [open('README.md', exportedPage(request, shownName)), ports, nginx];
  return [
    open('README.md', readmePage(request, shownName)),
    ports,
    { name: 'certbot.ini', text: certbotOptions(request, acme), secret: true },
    nginx,
    open('certificate-renewal.service', RENEWAL_SERVICE),
    open('certificate-renewal.timer', RENEWAL_TIMER),
  ];
}
