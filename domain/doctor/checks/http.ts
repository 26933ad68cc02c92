import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, together, well } from '../outcome.ts';
import { answered, type EndpointSeen, type Hop, type NoAnswer, type PageSeen, type PlainSeen } from '../seen.ts';
import { judged } from './reach.ts';
import { speakerOf } from './speaker.ts';

/** Source: RFC 9110, section 15.4, checked 2026-11-29. */
const PERMANENT = [301, 308];

/** Whether plain HTTP leads to https, and redirects come to an end. */
export const http: Check = (seen) =>
  together(
    (seen.declared?.scheme === 'http' ? [] : judged(seen)).map((endpoint) => {
      const { address, plain, secure } = endpoint;
      const ofHttps = redirects(endpoint, 'secure');
      // Plain HTTP redirects there: the fault is reported once.
      const chains = ofHttps.length > 0 ? ofHttps : redirects(endpoint, 'plain');
      if (!answered(plain)) {
        return outcome({ findings: [...chains, ...(seen.declared?.http === 'reject' ? [] : closed(endpoint, plain))] });
      }
      const findings = [...chains, plainPage(plain, { name: seen.name, address, secure: answered(secure) })].filter(
        (found) => found !== undefined,
      );
      const { status } = plain.page;
      return outcome({
        findings,
        passed: findings.length > 0 ? [] : [well(`${status} to ${plain.walk[0]?.to}`, address)],
      });
    }),
  );

/** A closed port 80 is no fault where HTTPS answers. Where neither answers, the finding is about port 443. */
function closed({ address, secure }: EndpointSeen, { failure }: NoAnswer): Finding[] {
  if (!answered(secure)) return [];
  const message = 'Port 80 gives no answer: viewers who type http:// get no redirect';
  return [finding('httpClosed', { message, evidence: [`${address} port 80: ${failure}`], at: address })];
}

function plainPage(
  { page, walk }: PlainSeen,
  { name, address: at, secure }: { name: string; address: string; secure: boolean },
): Finding | undefined {
  const [first] = walk;
  // Without https there is nothing to redirect to yet.
  if (!secure) return undefined;
  if (!first) {
    // HTTPS returns the same error page: it is reported there.
    if (page.status >= 500) return undefined;
    const message = `Plain HTTP answers ${page.status} and does not redirect to https`;
    const evidence = [`${at}: http://${name}/ answers ${page.status}; ${speakerOf(page).evidence}`];
    return finding('httpNotRedirected', { message, evidence, at });
  }
  if (!first.to.startsWith('https:')) {
    if (walk.some(({ to }) => to.startsWith('https:'))) return undefined;
    const message = 'Plain HTTP redirects, and not to https';
    return finding('httpNotRedirected', { message, evidence: [`${at}: ${inWords(first)}`], at });
  }
  if (PERMANENT.includes(first.status)) return undefined;
  const message = `Plain HTTP redirects to https by ${first.status}, which browsers do not remember`;
  return finding('redirectTemporary', { message, evidence: [`${at}: ${inWords(first)}`], at });
}

function redirects({ address: at, ...seen }: EndpointSeen, side: 'plain' | 'secure'): Finding[] {
  const looked = seen[side];
  if (!answered<PlainSeen | { walk: Hop[]; page: PageSeen | NoAnswer }>(looked)) return [];
  const { walk } = looked;
  const last = walk.at(-1);
  if (!last) return [];
  const evidence = walk.map((hop) => `${at}: ${inWords(hop)}`);
  if (last.then === 'again' || last.then === 'tooMany') return [loop(walk, { evidence, at })];
  if (last.then === 'dead') {
    const message = `Viewers are sent to "${last.to}", where nothing can answer`;
    return [finding('redirectDead', { message, evidence, at })];
  }
  const down = walk.find(({ from, to }) => from.startsWith('https:') && to.startsWith('http:'));
  if (!down || side === 'plain') return [];
  const message = `"${down.from}" redirects viewers to plain HTTP`;
  return [finding('redirectToHttp', { message, evidence, at })];
}

/** B12: behind a load balancer or CDN the web server sees plain HTTP whatever the viewer uses. */
function loop(walk: readonly Hop[], { evidence, at }: { evidence: string[]; at: string }): Finding {
  const urls = walk.flatMap(({ from, to }) => [new URL(from), new URL(to)]);
  const hosts = new Set(urls.map(({ hostname }) => hostname));
  const pages = new Set(urls.map(({ host, pathname, search }) => `${host}${pathname}${search}`));
  const [first] = walk;
  const cookies = walk.some(({ cookie }) => cookie)
    ? ', unless a browser gets the page with the cookie that is set on the way'
    : '';
  const message = `Viewers of "${first?.from}" are redirected in a circle${cookies}`;
  const byScheme = hosts.size === 1 && pages.size === 1;
  const fix = byScheme
    ? undefined
    : hosts.size > 1
      ? 'Have the web server redirect to one of these names only'
      : 'Have the web server answer one of these pages without a redirect';
  const found = finding('redirectLoop', { message, evidence, fix, at });
  return cookies === '' ? found : { ...found, severity: 'warning' };
}

const inWords = ({ from, status, to }: Hop): string => `${from} answers ${status} to ${to}`;
