import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Nameplate } from './nameplate.ts';

/** A request as curl's options say it. */
export interface CurlRequest {
  path: string;
  options?: readonly string[];
}

export interface CurlAnswer {
  /** What was asked: "-X PATCH /cart". */
  asked: string;
  status: string;
  /** "1.1" or "2" */
  http: string;
  retryAfter: string;
  cacheControl: string;
  hsts: string;
  encoding: string;
  type: string;
  body: string;
}

const END = '\u001e';

const TOLD = [
  '%{http_code}',
  '%{http_version}',
  '%header{retry-after}',
  '%header{cache-control}',
  '%header{strict-transport-security}',
  '%header{content-encoding}',
  '%header{content-type}',
].join('|');

/** Asks a name by curl, one request after the other, through the proxy and with nothing but the CA: `--http1.1`, or `--http2`. */
export async function askedByCurl(
  { aws }: Pick<Nameplate, 'aws'>,
  { name, requests, protocol }: { name: string; requests: readonly CurlRequest[]; protocol: '--http1.1' | '--http2' },
): Promise<CurlAnswer[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nameplate-curl-'));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, aws.caPem);
  const common = ['-sS', '-x', aws.proxy, '--cacert', ca, '--path-as-is', '--globoff', '--max-time', '20', protocol];
  const each = requests.map(({ path, options = [] }) => [
    ...common,
    ...options,
    '-w',
    `${END}${TOLD}${END}`,
    `https://${name}${path}`,
  ]);
  try {
    const { stdout } = await promisify(execFile)('curl', each.flatMap((words) => ['--next', ...words]).slice(1), {
      maxBuffer: 64 * 1024 * 1024,
    });
    const parts = stdout.split(END);
    return requests.map(({ path, options = [] }, at) => {
      const [status = '', http = '', retryAfter = '', cacheControl = '', hsts = '', encoding = '', type = ''] = (
        parts[2 * at + 1] ?? ''
      ).split('|');
      const asked = [...options, path].join(' ').slice(0, 100);
      return {
        asked,
        status,
        http,
        retryAfter,
        cacheControl,
        hsts,
        encoding,
        type,
        body: parts[2 * at] ?? '',
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
