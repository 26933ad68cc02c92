import { styleText } from 'node:util';
import type { SiteView } from './api.ts';
import type { Booted } from './boot.ts';
import type { Viewer } from './viewer.ts';

export interface ProofOptions extends Pick<Booted, 'viewer' | 'caFile' | 'addresses'> {
  site: SiteView;
}

/** One thing that was tried, and what came of it. */
interface Tried {
  good: boolean;
  what: string;
  result: string;
}

/** Tries all that the site promises, as any viewer could, prints each with its answer and how to repeat it. */
export async function prove({ site: { site }, viewer, caFile, addresses }: ProofOptions): Promise<boolean> {
  const { domain, aliases, directName, edge, http } = site;
  const names = [domain, ...aliases];
  const tried: Tried[] = [];
  for (const name of names) {
    tried.push(await dns(viewer, name));
    if (edge === 'load-balancer') {
      tried.push(await certificate(viewer, name, names));
      tried.push(http === 'redirect' ? await redirect(viewer, name) : await silence(viewer, name));
      tried.push(await page(name, () => viewer.https(name), 'https'));
    } else tried.push(await page(name, () => viewer.http(name), 'http'));
  }
  if (directName) {
    tried.push(await dns(viewer, directName));
    tried.push(await page(directName, () => viewer.http(directName), 'http'));
  }
  console.log(`\n${styleText('bold', 'Proof')}`);
  for (const { good, what, result } of tried) {
    console.log(`  ${good ? styleText('green', '✔') : styleText('red', '✖')} ${what.padEnd(38)} ${result}`);
  }
  const [host, port] = addresses.dns.split(':');
  const scheme = edge === 'load-balancer' ? 'https' : 'http';
  console.log(`
${styleText('bold', 'Try it yourself')}
  curl -x ${addresses.proxy} --cacert ${caFile} ${scheme}://${domain}/
  curl -x ${addresses.proxy} -i http://${domain}/
  dig @${host} -p ${port} ${domain}
  curl ${addresses.api}/v1/sites/${domain}`);
  return tried.every(({ good }) => good);
}

/** Runs one trial; an error is its result. */
async function attempt(what: string, act: () => Promise<{ good: boolean; result: string }>): Promise<Tried> {
  try {
    return { what, ...(await act()) };
  } catch (error) {
    return { what, good: false, result: error instanceof Error ? error.message : String(error) };
  }
}

const dns = (viewer: Viewer, name: string): Promise<Tried> =>
  attempt(`DNS    ${name}`, async () => {
    const addresses = await viewer.addresses(name);
    const six = await viewer.addresses(name, 6).catch(() => []);
    return { good: addresses.length > 0, result: [...addresses, ...six].join(', ') };
  });

const certificate = (viewer: Viewer, name: string, names: string[]): Promise<Tried> =>
  attempt(`TLS    ${name}`, async () => {
    const { certificate } = await viewer.https(name);
    const days = Math.floor((certificate.validTo.getTime() - Date.now()) / 86_400_000);
    const missing = names.filter((wanted) => !certificate.names.includes(wanted));
    return {
      good: missing.length === 0 && days > 0,
      result: `${certificate.names.join(', ')}; issued by ${certificate.issuer}; ${days} days left`,
    };
  });

const redirect = (viewer: Viewer, name: string): Promise<Tried> =>
  attempt(`HTTP   http://${name}/`, async () => {
    const { status, headers } = await viewer.http(name);
    const to = String(headers.location ?? '');
    return { good: status === 301 && new URL(to).protocol === 'https:', result: `${status} to ${to}` };
  });

const silence = (viewer: Viewer, name: string): Promise<Tried> =>
  attempt(`HTTP   http://${name}/`, async () => {
    const { status } = await viewer.http(name);
    return { good: status >= 500, result: 'no listener, as declared' };
  });

const page = (name: string, get: () => Promise<{ status: number; body: string }>, scheme: string): Promise<Tried> =>
  attempt(`${scheme.toUpperCase().padEnd(6)} ${scheme}://${name}/`, async () => {
    const { status, body } = await get();
    const title = /<title>(.*?)<\/title>/i.exec(body)?.[1];
    return { good: status === 200, result: `${status}${title ? ` "${title}"` : ''}, ${Buffer.byteLength(body)} bytes` };
  });
