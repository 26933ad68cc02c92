import { escaped } from '../pages/escaped.ts';

/**
 * What an instance is launched with where the document gives no user data: Apache, enabled, with a welcome page. JSON is YAML, so it
 * needs no escaping. Source: AL2023 User Guide, "Tutorial: Install a LAMP server on AL2023"; cloud-init, "Cloud config data"; checked
 * 2026-11-30.
 */
export function defaultUserData(domain: string): string {
  const config = {
    packages: ['httpd'],
    write_files: [{ path: '/var/www/html/index.html', content: welcomePage(domain) }],
    runcmd: [['systemctl', 'enable', '--now', 'httpd']],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`;
}

function welcomePage(domain: string): string {
  const name = escaped(domain);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<h1>${name}</h1>
<p>This server is ready. Its pages are in /var/www/html.</p>
</html>
`;
}
