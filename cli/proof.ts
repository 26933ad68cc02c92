import { isCertified } from '../domain/edges/edge.ts';
import { shellWord } from '../domain/shell-word.ts';
import type { SiteView } from './api.ts';
import type { Booted } from './boot.ts';
import { paint } from './paint.ts';
import { type Answer, titleOf, type Viewer } from './viewer.ts';
import { wrap } from './wrap.ts';

/** What came of trying one thing. */
interface Outcome {
  good: boolean;
  result: string;
}

/** One thing to try, in the words it is shown under. */
interface Trial {
  what: 'DNS' | 'TLS' | 'HTTP' | 'HTTPS';
  name: string;
  attempt(): Promise<Outcome>;
}

/** Where a name begins, and where its result does when there is no room for it beside the name. */
const NAME_COLUMN = 4 + 'HTTPS  '.length;

/** With less room than this beside the names, results stand below them. */
const ROOM_BESIDE = 40;

/** Tries all that the site promises, as any viewer could, and prints each with what came of it. Says whether all held. */
export async function prove(
  { site }: SiteView,
  { viewer, stop, out = process.stdout }: { viewer: Viewer; stop: AbortSignal; out?: NodeJS.WriteStream },
): Promise<boolean> {
  const trials = trialsOf(site, viewer);
  const layOut = layOutFor(out, Math.max(...trials.map(({ name }) => name.length)));
  out.write(`\n${paint('bold', 'Proof')}\n`);
  let all = true;
  for (const { what, name, attempt } of trials) {
    const { good, result } = await attempt().catch(failed);
    stop.throwIfAborted();
    all &&= good;
    const mark = good ? paint('green', '✔') : paint('red', '✖');
    out.write(`  ${mark} ${what.padEnd(6)} ${layOut(name, result)}\n`);
  }
  return all;
}

/** Puts a result beside or below its name, wrapped as the terminal wants it; a pipe wants lines as long as they are. */
function layOutFor({ isTTY, columns }: NodeJS.WriteStream, longestName: number) {
  const column = NAME_COLUMN + longestName + 2;
  const width = isTTY ? columns - 1 : Number.POSITIVE_INFINITY;
  const beside = width - column >= ROOM_BESIDE;
  const indent = beside ? column : NAME_COLUMN;
  return (name: string, result: string): string => {
    const lines = wrap(result, width - indent).join(`\n${' '.repeat(indent)}`);
    return beside ? `${name.padEnd(longestName)}  ${lines}` : `${name}\n${' '.repeat(indent)}${lines}`;
  };
}

/** The lines to type for seeing the same. */
export function showHowToRepeat(
  { site: { domain, edge } }: SiteView,
  { addresses: { api, dns, proxy, ca } }: Pick<Booted, 'addresses'>,
  say: (text: string) => void,
): void {
  const [host, port] = dns.split(':');
  const secure = `  curl -x ${proxy} --cacert ${shellWord(ca)} https://${domain}/\n`;
  say(`
${paint('bold', 'Try it yourself')}
${isCertified({ edge }) ? secure : ''}  curl -x ${proxy} -i http://${domain}/
  dig @${host} -p ${port} ${domain}
  curl ${api}/v1/sites/${domain}`);
}

function trialsOf({ domain, aliases, directName, edge, http }: SiteView['site'], viewer: Viewer): Trial[] {
  const names = [domain, ...aliases];
  const secured = (name: string): Trial[] => [
    { what: 'TLS', name, attempt: () => certificate(viewer, name, names) },
    { what: 'HTTP', name, attempt: () => (http === 'redirect' ? redirect(viewer, name) : silence(viewer, name)) },
    { what: 'HTTPS', name, attempt: async () => page(await viewer.https(name)) },
  ];
  const plain = (name: string): Trial => ({ what: 'HTTP', name, attempt: async () => page(await viewer.http(name)) });
  const found = (name: string): Trial => ({ what: 'DNS', name, attempt: () => dns(viewer, name) });
  return [
    ...names.flatMap((name) => [found(name), ...(isCertified({ edge }) ? secured(name) : [plain(name)])]),
    ...(directName ? [found(directName), plain(directName)] : []),
  ];
}

const failed = (error: unknown): Outcome => ({
  good: false,
  result: error instanceof Error ? error.message : String(error),
});

async function dns(viewer: Viewer, name: string): Promise<Outcome> {
  const addresses = await viewer.everyAddress(name);
  return { good: addresses.length > 0, result: addresses.join(', ') };
}

/** The certificate, from every address that DNS gives. */
async function certificate(viewer: Viewer, name: string, names: string[]): Promise<Outcome> {
  const addresses = await viewer.everyAddress(name);
  const answers = await Promise.all(addresses.map((at) => viewer.https(name, { at })));
  const outcomes = answers.map(({ certificate: { names: covered, issuer, validTo } }) => {
    const days = Math.floor((validTo.getTime() - Date.now()) / 86_400_000);
    return {
      good: names.every((wanted) => covered.includes(wanted)) && days > 0,
      result: `${covered.join(', ')}; issued by ${issuer}; ${days} days left`,
    };
  });
  const worst = outcomes.find(({ good }) => !good) ?? outcomes[0];
  if (!worst) throw new Error(`Cannot look at the certificate of "${name}": DNS has no address for it`);
  const count = `${addresses.length} ${addresses.length === 1 ? 'address' : 'addresses'}`;
  return { ...worst, result: `${worst.result}; at ${count}` };
}

async function redirect(viewer: Viewer, name: string): Promise<Outcome> {
  const { status, headers, body } = await viewer.http(name);
  const to = headers.location === undefined ? undefined : String(headers.location);
  if (to === undefined) return { good: false, result: `${status}, ${body.trim()}` };
  return { good: status === 301 && URL.parse(to)?.protocol === 'https:', result: `${status} to ${to}` };
}

async function silence(viewer: Viewer, name: string): Promise<Outcome> {
  const { status } = await viewer.http(name);
  return status === 504
    ? { good: true, result: 'no answer, as declared' }
    : { good: false, result: `${status}, and is declared to give no answer` };
}

function page(answer: Answer): Outcome {
  const { status, headers, body } = answer;
  const title = titleOf(answer);
  const size = `${Buffer.byteLength(body)} bytes`;
  const { 'x-amz-cf-pop': location } = headers;
  const by = location === undefined ? '' : `, by CloudFront at ${location}`;
  return status < 500
    ? { good: status === 200, result: `${status}${title ? ` "${title}"` : ''}, ${size}${by}` }
    : { good: false, result: `${status}, ${body.trim()}` };
}
