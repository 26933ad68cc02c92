import { displayName } from '../names/display-name.ts';
import { certbotOptions } from './certbot-options.ts';
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
  return [
    open('README.md', readmePage(request, displayName(certificateName(request)))),
    open('PORTS.md', portsPage(request)),
    { name: 'certbot.ini', text: certbotOptions(request), secret: true },
    open(nginxFile(request), nginxConfig(request)),
    open('certificate-renewal.service', RENEWAL_SERVICE),
    open('certificate-renewal.timer', RENEWAL_TIMER),
  ];
}
