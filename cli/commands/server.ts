import type { ServerAction } from '../../domain/servers/server-action.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { confirm } from '../question.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';

/** What goes on after each. */
const NEXT: Record<ServerAction, string> = { stop: 'server start', start: 'show', remove: 'show' };

/** What a person is asked before what takes something away. */
const QUESTIONS: Partial<Record<ServerAction, (domain: string) => string>> = {
  stop: (domain) => `Stop the instance that serves ${domain}?`,
  remove: (domain) => `Terminate the instance that was created for ${domain}, with its disk?`,
};

/** Stops, starts or removes the instance that was created for a site: EC2 does it in the minutes after. */
export const changeServer =
  (action: ServerAction) =>
  async (domain: string, { yes, ...options }: ApiOptions & { yes?: boolean }): Promise<ExitCode> => {
    const { api, json, say, next } = await openSession(options);
    const question = QUESTIONS[action]?.(domain);
    if (question !== undefined) await confirm(question, { yes });
    const path = `/v1/sites/${encodeURIComponent(domain)}/server`;
    const site = await api.change<SiteView>('POST', path, { action } satisfies { action: ServerAction });
    if (json) sayJson(site);
    // The last entry is that of this request: none is taken while an operation runs.
    say(site.timeline.at(-1)?.message ?? '');
    next(`${NEXT[action]} ${site.domain}`);
    return EXIT.done;
  };
