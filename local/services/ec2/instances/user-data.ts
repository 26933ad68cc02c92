import { posix } from 'node:path';
import { readRules, type WebRules } from './web-rules.ts';

/** What an instance's web server serves, and how. */
export interface WebSettings {
  port: number;
  /** By path below the document root: "/index.html". Undefined: the image's own page. */
  files: Map<string, Buffer> | undefined;
  /** Paths that always answer with a status: { "/health": 503 }. */
  statuses: Map<string, number>;
  rules: WebRules;
}

const DOCUMENT_ROOT = '/var/www/html';
const DEFAULT_PORT = 80;

interface CloudConfig {
  write_files?: { path?: unknown; content?: unknown; encoding?: unknown }[];
  'x-web'?: { port?: unknown; status?: Record<string, unknown> } & Record<string, unknown>;
}

/**
 * Reads user data as the instances here do at their first boot: `#cloud-config` whose body is JSON (which is YAML).
 * `write_files` below /var/www/html are the site; `x-web` is ours: `{ "port": 8080, "status": { "/health": 503 } }`, and
 * the rules: `{ "https": "always", "hosts": ["shop.example.test"] }`.
 * Anything else leaves the image as it is.
 */
export function readUserData(base64: string | undefined): WebSettings {
  const config = cloudConfig(base64);
  const { port, status } = config?.['x-web'] ?? {};
  const files = (config?.write_files ?? []).flatMap(({ path, content, encoding }): [string, Buffer][] => {
    if (typeof path !== 'string' || typeof content !== 'string') return [];
    const below = posix.relative(DOCUMENT_ROOT, path);
    if (below.startsWith('..')) return [];
    return [[`/${below}`, Buffer.from(content, encoding === 'b64' || encoding === 'base64' ? 'base64' : 'utf8')]];
  });
  return {
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
