import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteView } from '../domain/sites/view.ts';
import { waitsForPerson } from '../domain/sites/waits-for-person.ts';
import type { Api } from './api.ts';
import { Ending } from './exit-codes.ts';
import { LiveSteps } from './live-steps.ts';
import type { Session } from './session.ts';
import { Stopped, stopRequests } from './stop.ts';

/** How long a look is waited for: at first, and while nothing changes ever longer. A look costs one invocation. */
const LOOK_EVERY_MS = { first: 1_000, last: 10_000, growth: 1.3 } as const;
const LOCAL_LOOK_EVERY_MS = 200;

export interface FollowOptions {
  /** Goes on while a person is waited for; left out: only on a terminal, where that person may be. */
  wait?: boolean | undefined;
}

/**
 * Shows the steps of the operation that runs for a site as they happen, and gives the site when none runs any more, or when
 * it waits for a person. A request to stop ends the watching alone.
 *
 * @throws {Ending} 130 and the like, with the command that watches it again
 */
export async function follow(
  { api, target, json, command }: Pick<Session, 'api' | 'target' | 'json' | 'command'>,
  domain: string,
  { wait = process.stdout.isTTY === true }: FollowOptions = {},
): Promise<SiteView> {
  const path = `/v1/sites/${domain}`;
  let site = await api.get<SiteView>(path);
  if (!site.operation) return site;
  const stop = stopRequests();
  const { startedAt } = site.operation;
  const live = json ? undefined : new LiveSteps(process.stdout);
  try {
    for (let every: number = LOOK_EVERY_MS.first; ; ) {
      const steps = site.steps.filter((step) => step.startedAt >= startedAt);
      live?.update({ ...site, steps, createdAt: startedAt });
      if (!site.operation || (!wait && waitsForPerson(site))) return site;
      await sleep(target.isLocal ? LOCAL_LOOK_EVERY_MS : every, undefined, { signal: stop });
      const seen = await look(api, path, stop);
      every =
        seen.updatedAt === site.updatedAt
          ? Math.min(every * LOOK_EVERY_MS.growth, LOOK_EVERY_MS.last)
          : LOOK_EVERY_MS.first;
      site = seen;
    }
  } catch (error) {
    if (!stop.aborted || !(stop.reason instanceof Stopped)) throw error;
    const watch = command(`show ${domain} --watch`);
    throw new Ending(`What runs for ${domain} goes on. Watch it: ${watch}`, stop.reason.exitCode);
  } finally {
    live?.end();
  }
}

async function look(api: Api, path: string, stop: AbortSignal): Promise<SiteView> {
  const site = await api.get<SiteView>(path);
  stop.throwIfAborted();
  return site;
}
