import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { declareSite } from '../../domain/sites/declare-site.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { Nameplate } from '../support/nameplate.ts';
import type { Approvals } from './blast.ts';
import { type Asked, expected, type Standing } from './expected.ts';

/** What came of a request. */
interface Answered {
  status: number;
  text: string;
}

interface Request {
  asked: Asked;
  method?: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: object | undefined;
}

interface Options {
  nameplate: Nameplate;
  domain: string;
  /** How things stand now. */
  standing: () => Promise<Omit<Standing, 'wanted'>>;
  /** Whether nothing has failed so far and nobody has meddled: then every answer is known beforehand. */
  isCalm: () => boolean;
}

/** Somebody who asks the API for things, a key to each request, and looks whether the answers are right. */
export class Requests {
  readonly #options: Options;
  #keys = 0;
  /** The last request that was taken, word for word. */
  #taken: (() => Promise<Answered>) | undefined;
  readonly approved: Approvals = new Set();
  /** What the operation that was asked for last leads to, when nothing fails; "held" once it was stopped. */
  heading: 'live' | 'undone' | 'held' | undefined;
  readonly found: string[] = [];

  constructor(options: Options) {
    this.#options = options;
  }

  declare(document: object): Promise<Answered> {
    return this.#ask({ asked: 'declare', path: '', body: document });
  }

  /** Declares the site anew, and approves what that deletes if it is asked to. */
  change(document: object, { approve }: { approve: boolean }): Promise<Answered> {
    const { domain } = this.#options;
    const request: Request = { asked: 'change', method: 'PUT', path: `/${domain}`, body: document };
    return approve ? this.#approved(request) : this.#ask(request);
  }

  undo(): Promise<Answered> {
    return this.#approved({ asked: 'undo', path: `/${this.#options.domain}/undo` });
  }

  delete(): Promise<Answered> {
    return this.#approved({ asked: 'delete', method: 'DELETE', path: `/${this.#options.domain}` });
  }

  /** Declares a document that no person means, in characters that would break or colour a line. */
  declareNonsense(document: object): Promise<Answered> {
    const body = { ...document, tenant: 'a\r\nb', directName: '\u001b[31mred\u2028.test' };
    return this.#ask({ asked: 'declare nonsense', path: '', body });
  }

  resume(): Promise<Answered> {
    return this.#ask({ asked: 'resume', path: `/${this.#options.domain}/resume` });
  }

  cancel(then: 'hold' | 'undo'): Promise<Answered> {
    const path = `/${this.#options.domain}/cancel`;
    return this.#ask(
      then === 'hold' ? { asked: 'cancel', path } : { asked: 'cancel, then undo', path, body: { then } },
    );
  }

  /** The last request again, with its key; undefined when none was taken. */
  repeat(): Promise<Answered> | undefined {
    return this.#taken?.();
  }

  /** What is refused for want of an approval is asked for with it. */
  async #approved(request: Request): Promise<Answered> {
    const answer = await this.#ask(request);
    const approve = /"approval":.*"checksum":"(\w+)"/.exec(answer.text)?.[1];
    return approve ? this.#ask({ ...request, body: { ...request.body, approve } }) : answer;
  }

  async #ask(request: Request): Promise<Answered> {
    const { asked, method = 'POST', path, body } = request;
    const { nameplate, isCalm } = this.#options;
    const before = await this.#options.standing();
    const key = `${this.#options.domain}-${++this.#keys}`;
    const send = async (): Promise<Answered> => {
      const response = await fetch(`${nameplate.aws.apiUrl}/v1/sites${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    };
    const answer = await send();
    if (answer.status === 202) this.#taken = send;
    const approves = body !== undefined && 'approve' in body;
    await this.#remember(asked, { before, approves, answer });
    const wanted = expected(asked, { ...before, wanted: body && readSite(body) });
    const said = inShort(answer);
    const right = wanted.includes(said) || (approves && said === '202');
    if (!right && (isCalm() || (answer.status >= 500 && nameplate.aws.faults.list().length === 0)))
      this.found.push(`16: to ${asked}, ${wanted.join(' or ')} is to be answered: ${answer.status} ${answer.text}`);
    return answer;
  }

  /** Where it leads, and whose deletions somebody has approved; what goes on with an operation goes on with its list. */
  async #remember(
    asked: Asked,
    { before, approves, answer }: { before: Pick<Standing, 'site'>; approves: boolean; answer: Answered },
  ): Promise<void> {
    if (answer.status !== 202) return;
    const { site } = await this.#options.standing();
    if (!site) return;
    this.heading = headingOf(site);
    const goesOn = asked === 'resume' && this.approved.has(before.site?.revision ?? 0);
    if (approves || goesOn) this.approved.add(site.revision);
  }
}

function headingOf({ operation }: SiteItem): 'live' | 'undone' | 'held' {
  if (!operation) return 'held';
  return operation.name === 'undo' ? 'undone' : 'live';
}

function inShort({ status, text }: Answered): string {
  const kind = /"type":"urn:nameplate:problem:([\w-]+)"/.exec(text)?.[1];
  return kind ? `${status} ${kind}` : String(status);
}

function readSite({ approve: _, ...document }: { approve?: string }): Site | undefined {
  return declareSite(document).site;
}
