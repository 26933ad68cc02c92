import type { Problem as ApiDocument, ProblemKind } from '../domain/problems/problem.ts';
import { Ending, EXIT } from './exit-codes.ts';

/** A refusal's document (RFC 9457) as far as it is shown. */
export type Problem = Partial<Pick<ApiDocument, 'type' | 'title' | 'detail' | 'errors'>> & {
  approval?: { checksum: string };
};

/** What comes before the kind in the type of a problem of Nameplate. */
const TYPE = 'urn:nameplate:problem:';

/** An answer that is a problem document, as one sentence a pointer. */
export class ApiProblem extends Ending {
  readonly status: number;
  readonly problem: Problem;
  /** What the command goes on with: "nameplate show shop.example.com --watch"; undefined: with the same again. */
  readonly next: string | undefined;

  constructor(status: number, problem: Problem, next?: string) {
    const fields = (problem.errors ?? []).map(
      // What has to be approved is a list, and not wrong.
      ({ pointer, detail }) => `\n  ${pointer === '#/approve' ? '' : `${pointer}: `}${detail}`,
    );
    super(
      `${problem.detail ?? problem.title ?? `The API answered ${status}`}${fields.join('')}`,
      status < 500 ? EXIT.refused : EXIT.failed,
      { again: [] },
    );
    this.status = status;
    this.problem = problem;
    this.next = next;
  }
}

/** The kinds of problems after which another command helps than the same again. */
const NEXT: Partial<Record<ProblemKind, string>> = {
  'site-not-found': 'list',
  'alert-not-found': 'alerts',
  'window-not-found': 'maintenance windows DOMAIN',
  'window-over': 'maintenance windows DOMAIN',
  'too-many-windows': 'maintenance windows DOMAIN',
  'operation-running': 'show DOMAIN --watch',
  'site-exists': 'show DOMAIN',
  'nothing-to-cancel': 'show DOMAIN',
  'nothing-to-resume': 'show DOMAIN',
  'nothing-to-undo': 'show DOMAIN',
  'nothing-to-change': 'show DOMAIN',
  'not-live': 'show DOMAIN',
  'no-failover': 'show DOMAIN',
  'no-server': 'show DOMAIN',
  'wrong-server-state': 'show DOMAIN',
  'no-acme-certificate': 'show DOMAIN',
};

/**
 * What to throw for an answer that is no success: a problem of Nameplate, an error of API Gateway before it, or what something
 * else answers at that address. `asked` is the request's path; `command` makes a command of words.
 */
export async function refusalOf(
  response: Response,
  { url, asked, command }: { url: string; asked: string; command: (words: string) => string },
): Promise<Error> {
  const { status } = response;
  const body = ((await response.json().catch(() => undefined)) ?? {}) as Problem & { message?: unknown };
  if (body.type?.startsWith(TYPE)) {
    const [, domain] = /^\/v1\/sites\/([^/?]+)/.exec(response.headers.get('location') ?? asked) ?? [];
    const words = NEXT[body.type.slice(TYPE.length) as ProblemKind]?.replace(
      'DOMAIN',
      decodeURIComponent(domain ?? ''),
    );
    return new ApiProblem(status, body, words && command(words));
  }
  // API Gateway's own errors are a message alone; a route that it has not is not Nameplate's.
  if (typeof body.message === 'string' && status !== 404)
    return new ApiProblem(status, { detail: `The API answered ${status}: ${body.message}` });
  return stranger(url, response);
}

/** The end for an address where something else answers. */
export const stranger = (url: string, { status, headers }: Response): Ending =>
  new Ending(
    `Cannot use ${url}: what answers there is not Nameplate's API (${status}, ${headers.get('content-type') ?? 'no content type'}). NAMEPLATE_URL is the output "ApiUrl" of a stack; where it is not set, --stack, --region and --profile find the stack by themselves`,
    EXIT.usage,
  );
