import { DEFAULT_EDGE, EDGE_NAMES } from '../domain/edges/edge.ts';
import { declareSite } from '../domain/sites/declare-site.ts';
import { Ending, EXIT } from './exit-codes.ts';
import { ask } from './question.ts';

/** What options say of a site already. */
export interface SiteAnswers {
  domain?: string;
  alias?: string[];
  instance?: string;
  newInstance?: string;
  loadBalancer?: string;
  server?: string;
  edge?: string;
  failover?: boolean;
  tenant?: string;
}

type Document = Record<string, unknown>;

/** Stands for what is not said yet, where a part of a document is judged. */
const ANY: Document = { domain: 'shop.example.com', origin: { instance: { id: 'i-0123456789abcdef0' } } };

/** Of an instance that is created, where nothing else is said. */
const INSTANCE_TYPE = 't4g.micro';

/**
 * The site document of the few things that matter: names, origin, edge, and whether it has a maintenance page. What options do
 * not say is asked on a terminal, again until the API would take it; without one, all but domain and origin has its default.
 *
 * @throws {Ending} what the API would refuse, what nobody is there to say, or an end at a question
 */
export async function siteDocumentOf(given: SiteAnswers): Promise<Document> {
  const domain =
    given.domain ??
    (await asked('The domain, such as shop.example.com', { draft: (domain) => ({ domain }), option: '--domain' }));
  const aliases =
    given.alias ??
    listed(
      await asked(`Further names of the site, such as www.${domain}; with commas between them`, {
        draft: (names) => ({ domain, aliases: listed(names) }),
        byDefault: NONE,
      }),
    );
  const names = { domain, ...(aliases.length > 0 && { aliases }) };
  const origin = givenOrigin(given) ?? (await askedOrigin(names));
  const edge = given.edge ?? (await askedEdge({ ...names, origin }));
  const served = { ...names, origin, edge };
  const failover = given.failover ?? (await wantsPage(served));
  const { tenant } = given;
  const document = { ...served, ...(failover && { failover: {} }), ...(tenant !== undefined && { tenant }) };
  const problems = problemsOf(document);
  if (problems.length > 0) throw new Ending(`Cannot write this document:\n${problems.join('\n')}`, EXIT.usage);
  return document;
}

const NONE = 'none';

const listed = (names: string): string[] => (names === NONE ? [] : names.split(/[\s,]+/).filter(Boolean));

function givenOrigin({ instance, newInstance, loadBalancer, server }: SiteAnswers): object | undefined {
  const origins = [
    instance !== undefined && { instance: { id: instance } },
    newInstance !== undefined && { newInstance: { type: newInstance } },
    loadBalancer !== undefined && { loadBalancer },
    server !== undefined && serverOrigin(server),
  ].filter((origin) => origin !== false);
  if (origins.length > 1)
    throw new Ending(
      'Cannot use two origins: give one of --instance, --new-instance, --load-balancer, --server',
      EXIT.usage,
    );
  return origins[0];
}

const serverOrigin = (server: string): object => ({
  server: /^[\d.]+$|:/.test(server) ? { address: server } : { name: server },
});

async function askedOrigin(names: Document): Promise<object> {
  const draft = (answer: string): Document => {
    const origin = originFrom(answer);
    return { origin, edge: fittingEdge({ ...names, origin }) };
  };
  const answer = await asked(
    'What serves it: the id of an instance, "new" for one that is created, the ARN of a load balancer, or the address or name of a server',
    { draft, option: '--instance' },
  );
  if (answer !== 'new') return originFrom(answer);
  const type = await asked('The type of the new instance', {
    draft: (type) => ({ origin: { newInstance: { type } } }),
    byDefault: INSTANCE_TYPE,
  });
  return { newInstance: { type } };
}

function originFrom(answer: string): object {
  if (answer === 'new') return { newInstance: { type: INSTANCE_TYPE } };
  if (answer.startsWith('arn:')) return { loadBalancer: answer };
  return answer.startsWith('i-') ? { instance: { id: answer } } : serverOrigin(answer);
}

async function askedEdge(document: Document): Promise<string> {
  const fitting = EDGE_NAMES.filter((edge) => problemsOf({ ...document, edge }).length === 0);
  const byDefault = fittingEdge(document);
  if (fitting.length < 2) return byDefault;
  return asked(`What viewers connect to: ${fitting.join(', ')}`, {
    draft: (edge) => ({ ...document, edge }),
    byDefault,
  });
}

/** The default, or what takes an origin that the default does not. */
const fittingEdge = (document: Document): string =>
  [DEFAULT_EDGE, 'direct', ...EDGE_NAMES].find((edge) => problemsOf({ ...document, edge }).length === 0) ??
  DEFAULT_EDGE;

async function wantsPage(document: Document): Promise<boolean> {
  if (problemsOf({ ...document, failover: {} }).length > 0) return false;
  const answer = await asked('A page for viewers while it is down or maintained: yes or no', {
    draft: () => ({}),
    byDefault: 'no',
  });
  return /^y(es)?$/i.test(answer);
}

interface Question {
  /** The part of the document that an answer makes: it is asked again while that has a problem. */
  draft: (answer: string) => Document;
  /** The answer of who answers nothing; without one the question stands until it is answered. */
  byDefault?: string;
  /** What says it where nobody can be asked. */
  option?: string;
}

async function asked(question: string, { draft, byDefault, option }: Question): Promise<string> {
  if (!process.stdin.isTTY) {
    if (byDefault !== undefined) return byDefault;
    throw new Ending(`Cannot ask for it, as this is no terminal: give ${option}`, EXIT.usage);
  }
  for (;;) {
    const typed = (await ask(`${question}${byDefault === undefined ? '' : ` (${byDefault})`}: `)).trim();
    const answer = typed || byDefault;
    if (answer === undefined) continue;
    const part = draft(answer);
    const pointers = Object.keys(part).map((field) => `#/${field}`);
    const problems = problemsOf({ ...ANY, ...part }, pointers);
    if (problems.length === 0) return answer;
    console.error(problems.join('\n'));
  }
}

/** What the API would refuse of a document, in lines; with `pointers` only at or below those. */
function problemsOf(document: Document, pointers = ['#']): string[] {
  return (declareSite(document).errors ?? [])
    .filter(({ pointer }) => pointers.some((each) => pointer === each || pointer.startsWith(`${each}/`)))
    .map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
}
