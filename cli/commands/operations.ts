import type { SiteView } from '../../domain/sites/view.ts';
import { approving } from '../approving.ts';
import { begin } from '../begin.ts';
import type { ExitCode } from '../exit-codes.ts';
import { follow } from '../follow.ts';
import { sayOutcome } from '../outcome.ts';
import { confirm } from '../question.ts';
import { type ApiOptions, openSession, type Session, sayJson } from '../session.ts';

export interface OperationOptions extends ApiOptions {
  /** Goes on while a person is waited for. */
  wait?: boolean;
  yes?: boolean;
  approve?: string;
}

type Wanted = Parameters<typeof sayOutcome>[2];

/** Watches what was asked for until it ends, and says how. */
export async function watched(
  session: Session,
  domain: string,
  { wait, wanted }: { wait?: boolean | undefined; wanted: Wanted },
): Promise<ExitCode> {
  const site = await follow(session, domain, { wait });
  if (session.json) sayJson(site);
  return sayOutcome(session, site, wanted);
}

const pathOf = (domain: string): string => `/v1/sites/${encodeURIComponent(domain)}`;

/** Goes on with a held site at the step that failed. */
export async function resume(domain: string, options: OperationOptions): Promise<ExitCode> {
  const session = await openSession(options);
  const { domain: name } = await begin(session, domain, (stop) =>
    session.api.change<SiteView>('POST', `${pathOf(domain)}/resume`, undefined, stop),
  );
  return watched(session, name, { wait: options.wait, wanted: 'live' });
}

/** Stops what runs for a site; `undo` takes back what was made, else the site is held. */
export async function cancel(
  domain: string,
  { undo = false, ...options }: OperationOptions & { undo?: boolean },
): Promise<ExitCode> {
  const session = await openSession(options);
  await confirm(`Stop what runs for ${domain}${undo ? ', and take back what was made' : ''}?`, options);
  // biome-ignore lint/suspicious/noThenProperty: the field's value is a word, never a function
  const body = { then: undo ? 'undo' : 'hold' };
  const { domain: name } = await begin(session, domain, (stop) =>
    session.api.change<SiteView>('POST', `${pathOf(domain)}/cancel`, body, stop),
  );
  return watched(session, name, { wait: options.wait, wanted: 'stopped' });
}

/** Takes a site back, or a change that failed to what was live. */
export async function undo(domain: string, { to, ...options }: OperationOptions & { to?: string }): Promise<ExitCode> {
  const session = await openSession(options);
  const site = await session.api.get<SiteView>(pathOf(domain));
  const back = to ?? (site.live ? 'live' : 'nothing');
  const what =
    back === 'live'
      ? `Bring ${site.domain} back to what was live`
      : `Take back all of ${site.domain}, which is ${site.state}`;
  await confirm(`${what}?`, options);
  await approving(session, options, (approve) =>
    begin(session, site.domain, (stop) => {
      const body = { ...(to !== undefined && { to }), ...(approve && { approve }) };
      return session.api.change('POST', `${pathOf(domain)}/undo`, body, stop);
    }),
  );
  return watched(session, site.domain, { wait: options.wait, wanted: 'undone' });
}
