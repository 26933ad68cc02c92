import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteView } from '../domain/sites/view.ts';
import { waitsForPerson } from '../domain/sites/waits-for-person.ts';
import { ApiProblem } from './api-problem.ts';
import { Ending } from './exit-codes.ts';
import { LiveSteps } from './live-steps.ts';
import type { Session } from './session.ts';
import { heedStops, Stopped } from './stop.ts';
import { Unreached } from './unreached.ts';

/** How long a look is waited for: at first, and while nothing changes ever longer. A look costs one invocation. */
const LOOK_EVERY_MS = { first: 1_000, last: 10_000, growth: 1.3 } as const;
const LOCAL_LOOK_EVERY_MS = 200;

/** A network that is gone for no longer ends no watching. */
const LONGEST_GONE_MS = 120_000;

/** So often a step is looked at again that has written the state and not yet its own end: its worker may have died in between. */
const LOOKS_AT_LAST_STEP = 10;

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
  const { stop, release } = heedStops();
  let live: LiveSteps | undefined;
  try {
    let site = await api.get<SiteView>(path, stop);
    if (!site.operation) return site;
    const { startedAt } = site.operation;
    live = json ? undefined : new LiveSteps(process.stdout);
    let seenAt = performance.now();
    let looksLeft = LOOKS_AT_LAST_STEP;
    for (let every: number = LOOK_EVERY_MS.first; ; ) {
      const steps = site.steps.filter((step) => step.startedAt >= startedAt);
      live?.update({ ...site, steps, createdAt: startedAt });
      const isOver = !site.operation && (!isEnding(steps) || looksLeft-- === 0);
      if (isOver || (!wait && waitsForPerson(site))) return site;
      await sleep(target.isLocal ? LOCAL_LOOK_EVERY_MS : every, undefined, { signal: stop });
      const seen = await api.get<SiteView>(path, stop).catch((error: unknown) => {
        const isShort = !target.isLocal && performance.now() - seenAt < LONGEST_GONE_MS;
        if (!(error instanceof Unreached && isShort)) throw error;
        return undefined;
      });
      stop.throwIfAborted();
      if (seen) seenAt = performance.now();
      const isNew = seen !== undefined && seen.updatedAt !== site.updatedAt;
      every = isNew ? LOOK_EVERY_MS.first : Math.min(every * LOOK_EVERY_MS.growth, LOOK_EVERY_MS.last);
      site = seen ?? site;
    }
  } catch (error) {
    const goesOn = `What runs for ${domain} goes on. Watch it: ${command(`show ${domain} --watch`)}`;
    if (stop.aborted && stop.reason instanceof Stopped) throw new Ending(goesOn, stop.reason.exitCode);
    if (error instanceof ApiProblem || !(error instanceof Ending)) throw error;
    // With a local AWS all that ran on it has gone.
    if (target.isLocal && error instanceof Unreached) throw error;
    throw new Ending(`${error.message}\n${goesOn}`, error.exitCode, { cause: error });
  } finally {
    live?.end();
    release();
  }
}

/** Whether the step that began last, which ends the operation, has yet to say so. */
function isEnding(steps: SiteView['steps']): boolean {
  const [first, ...others] = steps;
  const last = others.reduce((late, step) => (step.startedAt >= (late?.startedAt ?? '') ? step : late), first);
  return last?.state === 'running';
}
