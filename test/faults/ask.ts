import type { Thing } from '../support/inventory.ts';
import type { Nameplate } from '../support/nameplate.ts';
import type { Act, Declared, ScenarioName } from './scenarios.ts';
import { ATTENDS_EVERY_MS, type Place, type Surroundings } from './surroundings/surroundings.ts';

/** How often the person repeats a request that AWS had no answer for, and how long they wait between, in ms. */
const REPEATS = { most: 12, afterMs: 10_000 };

/** What a run works on. */
export interface Stage extends Place {
  scenario: ScenarioName;
  surroundings: Surroundings;
  /** What stands before the site. */
  before: readonly Thing[];
  /** What the site is declared to be by now. */
  declared: Declared;
}

/** Asks as a careful person does, the same request with the same key until it is taken, if anything, and waits for the end. */
export async function ask(stage: Stage, act: Act, key: string): Promise<string[]> {
  const { aws } = stage.ground.nameplate;
  const { attend, attendsEveryMs = ATTENDS_EVERY_MS } = stage.surroundings;
  const refused = act.ask === 'nothing' ? [] : await taken(stage, act, key);
  if (act.until !== undefined) {
    await stage.ground.nameplate.waitsIn(stage.domain, act.until);
    return refused;
  }
  let attended = 0;
  await aws.clock.until(
    async () => {
      if (aws.states.running().length === 0) return true;
      const now = aws.clock.now().getTime();
      if (attend && now - attended >= attendsEveryMs) {
        attended = now;
        await attend(stage, await stage.ground.nameplate.show(stage.domain));
      }
      return false;
    },
    { limitMs: 40 * 24 * 3_600_000 },
  );
  return refused;
}

async function taken(stage: Stage, act: Act, key: string): Promise<string[]> {
  const { aws } = stage.ground.nameplate;
  const { method, path, body } = request(stage, act);
  let approval: string | undefined;
  let last = '';
  for (let attempt = 0; attempt < REPEATS.most; attempt++) {
    const request = fetch(`${aws.apiUrl}/v1/sites${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `${key}-${act.ask.replaceAll(' ', '-')}-${act.ends.replaceAll(' ', '-')}-${stage.domain}${approval ? '-approved' : ''}`,
      },
      ...((approval ?? body) && { body: approval ?? body }),
    });
    const response = await letTimeOut(aws, request);
    const text = await response.text();
    last = `${response.status} ${text}`;
    if (response.ok) return [];
    const asked = /"approval":.*"checksum":"(\w+)"/.exec(text)?.[1];
    if (asked !== undefined && approval === undefined) {
      approval = JSON.stringify({ ...JSON.parse(body ?? '{}'), approve: asked });
      continue;
    }
    const busy = response.status >= 500 || response.status === 429 || response.headers.has('retry-after');
    if (!busy) break;
    await aws.clock.advance(REPEATS.afterMs);
  }
  return [`the API answers ${last}`];
}

/** Moves AWS time on where a function waits for an answer that doesn't come: while a person asks nobody else does. */
async function letTimeOut<T>({ clock, lambda }: Nameplate['aws'], asked: Promise<T>): Promise<T> {
  let answered = false;
  const done = asked.finally(() => {
    answered = true;
  });
  while (!answered) {
    await clock.idle();
    if (lambda.resting() > 0) await clock.advance(1_000);
  }
  return done;
}

function request(
  { ground, surroundings, declared, domain }: Stage,
  { ask: asked }: Act,
): { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: string } {
  if (asked === 'declare' || asked === 'change') {
    const origin = { instance: { id: ground.nameplate.world.instanceId, ...declared.instance } };
    const theirs = surroundings.declares?.({ ground, domain });
    const body = JSON.stringify({ ...declared.document(domain), ...theirs, origin });
    return asked === 'declare' ? { method: 'POST', path: '', body } : { method: 'PUT', path: `/${domain}`, body };
  }
  if (asked === 'switch on' || asked === 'switch off') {
    const body = JSON.stringify({ state: asked === 'switch on' ? 'on' : 'off' });
    return { method: 'PUT', path: `/${domain}/maintenance`, body };
  }
  if (asked === 'delete') return { method: 'DELETE', path: `/${domain}`, body: '{"deleteZone":true}' };
  if (asked === 'cancel and undo') return { method: 'POST', path: `/${domain}/cancel`, body: '{"then":"undo"}' };
  return { method: 'POST', path: `/${domain}/${asked}` };
}
