import type { WebServer } from '../origins/new-instance.ts';
import { escaped } from '../pages/escaped.ts';

/** The package of each, which its service is named after, and where it has its pages. Source: the packages of AL2023; checked 2026-11-30. */
const PACKAGES: Readonly<Record<WebServer, { name: string; root: string }>> = {
  apache: { name: 'httpd', root: '/var/www/html' },
  nginx: { name: 'nginx', root: '/usr/share/nginx/html' },
};

/**
 * What an instance is launched with where the document gives no user data: a web server, enabled, with a welcome page. JSON is YAML, so it
 * needs no escaping. Source: AL2023 User Guide, "Tutorial: Install a LAMP server on AL2023"; cloud-init, "Cloud config data"; checked
 * 2026-11-30.
 */
export function defaultUserData(domain: string, server: WebServer): string {
  const { name, root } = PACKAGES[server];
  const config = {
    packages: [name],
    write_files: [{ path: `${root}/index.html`, content: welcomePage(domain, root) }],
    runcmd: [['systemctl', 'enable', '--now', name]],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`;
}

function welcomePage(domain: string, root: string): string {
  const name = escaped(domain);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<h1>${name}</h1>
<p>This server is ready. Its pages are in ${root}.</p>
</html>
`;
}
