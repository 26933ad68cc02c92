import { posix } from 'node:path';
import type { Image } from '../images/image.ts';
import { readRules, type WebRules } from './web-rules.ts';

/** What an instance's web server serves, and how. */
export interface WebSettings {
  /** Whether user data installs it, where the image has none, and whether it runs from then on, or at each boot. */
  service: 'absent' | 'installed' | 'started' | 'enabled';
  port: number;
  /** By path below the document root: "/index.html". Undefined: the image's own page. */
  files: Map<string, Buffer> | undefined;
  /** Paths that always answer with a status: { "/health": 503 }. */
  statuses: Map<string, number>;
  rules: WebRules;
}

/** Where each package's web server has its files. */
const DOCUMENT_ROOTS = { httpd: '/var/www/html', nginx: '/usr/share/nginx/html' } as const;
type Package = keyof typeof DOCUMENT_ROOTS;
const DEFAULT_PORT = 80;

interface CloudConfig {
  packages?: unknown;
  runcmd?: unknown;
  write_files?: { path?: unknown; content?: unknown; encoding?: unknown }[];
  'x-web'?: { port?: unknown; status?: Record<string, unknown> } & Record<string, unknown>;
}

/**
 * Reads user data as the instances here do at their first boot: `#cloud-config` whose body is JSON (which is YAML).
 * `packages` and `runcmd` (`systemctl enable --now httpd`) install and start Apache or nginx where the image has neither;
 * `write_files` below its document root are the site; `x-web` is ours: `{ "port": 8080, "status": { "/health": 503 } }`, and
 * the rules: `{ "https": "always", "hosts": ["shop.example.test"] }`.
 * Anything else leaves the image as it is.
 */
export function readUserData(base64: string | undefined, { hasWebServer }: Pick<Image, 'hasWebServer'>): WebSettings {
  const config = cloudConfig(base64);
  const installed = packagesOf(config).find((name) => name in DOCUMENT_ROOTS) as Package | undefined;
  const documentRoot = DOCUMENT_ROOTS[(hasWebServer ? undefined : installed) ?? 'httpd'];
  const { port, status } = config?.['x-web'] ?? {};
  const files = (config?.write_files ?? []).flatMap(({ path, content, encoding }): [string, Buffer][] => {
    if (typeof path !== 'string' || typeof content !== 'string') return [];
    const below = posix.relative(documentRoot, path);
    if (below.startsWith('..')) return [];
    return [[`/${below}`, Buffer.from(content, encoding === 'b64' || encoding === 'base64' ? 'base64' : 'utf8')]];
  });
  return {
    service: installed === undefined ? 'absent' : serviceOf(config, installed),
    port: typeof port === 'number' ? port : DEFAULT_PORT,
    files: files.length > 0 ? new Map(files) : undefined,
    statuses: new Map(
      Object.entries(status ?? {}).flatMap(([path, code]): [string, number][] =>
        typeof code === 'number' ? [[path, code]] : [],
      ),
    ),
    rules: readRules(config?.['x-web'] ?? {}),
  };
}

const packagesOf = (config: CloudConfig | undefined): string[] =>
  Array.isArray(config?.packages) ? config.packages.map(String) : [];

function serviceOf(config: CloudConfig | undefined, name: Package): WebSettings['service'] {
  const commands = Array.isArray(config?.runcmd) ? config.runcmd.map((each) => [each].flat().join(' ')) : [];
  const runs = (verb: string) =>
    commands.some((each) => new RegExp(`^systemctl ${verb} ${name}(\\.service)?$`).test(each));
  if (runs('enable --now') || (runs('enable') && runs('start'))) return 'enabled';
  return runs('start') ? 'started' : 'installed';
}

function cloudConfig(base64: string | undefined): CloudConfig | undefined {
  const [, body] = /^#cloud-config\s*\n([\s\S]*)$/.exec(Buffer.from(base64 ?? '', 'base64').toString()) ?? [];
  if (body === undefined) return undefined;
  try {
    const config: unknown = JSON.parse(body);
    return typeof config === 'object' && config !== null && !Array.isArray(config) ? config : undefined;
  } catch (error) {
    // cloud-init too warns of a config it can't read, and boots.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
