import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Nameplate } from '../support/nameplate.ts';
import { type CallSite, callSites } from './call-site.ts';
import { broken, madeBy, recordsIn } from './invariants.ts';
import { KINDS, type Kind } from './kinds.ts';
import { ledgerOf } from './ledger-of.ts';
import { differences, type Picture, pictureOf } from './picture.ts';
import type { ProvingGround } from './proving-ground.ts';
import { type Act, type Declared, namesOf, type ScenarioName, scenarioOf } from './scenarios.ts';
import { FOREIGN, Watch } from './watch.ts';

/** How often the person repeats a request that AWS had no answer for, and how long they wait between, in ms. */
const REPEATS = { most: 12, afterMs: 10_000 };

/** A fault at a call site of one act. */
export interface Strike {
  site: CallSite;
  kind: Kind;
}

/** One act with one fault, or with none. */
export interface Played {
  /** Whether the fault struck; "nothing older" for a stale read of what was never asked before. */
  met: 'yes' | 'no' | 'nothing older';
  /** How it ended at first: "live", "held", "undone", or the ledger's own word when it did not end. */
  first: string;
  /** What was broken, in sentences; empty when everything held. */
  broken: string[];
  sites: CallSite[];
  picture: Picture;
}

/** What a run works on. */
interface Stage {
  ground: ProvingGround;
  scenario: ScenarioName;
  domain: string;
  /** What the site is declared to be by now. */
  declared: Declared;
}

/**
 * Plays a scenario act by act, each with its fault where there is one, and looks at what came of it. Ends with the first act
 * that breaks something. After the last one the world is as it was before.
 */
export async function run(
  ground: ProvingGround,
  scenario: ScenarioName,
  { strikes = [], wanted }: { strikes?: readonly (Strike | undefined)[]; wanted?: readonly Picture[] } = {},
): Promise<Played[]> {
  const { zone, acts, changed, ...declared } = scenarioOf(scenario);
  const stage: Stage = { ground, scenario, domain: `s${++ground.runs}.${zone ?? 'own.test'}`, declared };
  const played: Played[] = [];
  for (const [at, act] of acts.entries()) {
    if (act.ask === 'change' && changed) stage.declared = changed;
    const one = await play(stage, act, { strike: strikes[at], wanted: wanted?.[at] });
    played.push(one);
    if (one.broken.length > 0) break;
  }
  return played;
}

/** Plays one act while its fault stands. What did not end as it should is gone on with, without the fault. */
async function play(
  stage: Stage,
  act: Act,
  { strike, wanted }: { strike: Strike | undefined; wanted: Picture | undefined },
): Promise<Played> {
  const { ground, domain } = stage;
  const { aws, world } = ground.nameplate;
  if (act.undelegated) aws.registrar.undelegate(domain);
  if (act.eventsLost) aws.events.faults.add({ kind: 'lose', detailType: 'ACM Certificate Available', times: 9 });
  if (act.unhealthy) aws.ec2.web(world.instanceId).fail(500);
  const watch = new Watch(ground, stage);
  const stop = await watch.begin();
  if (strike) for (const rule of KINDS[strike.kind].rules(strike.site)) aws.faults.add(rule);
  const mark = aws.calls.mark();
  const found = await ask(stage, act, 'first');
  const met = struck(aws.faults.list()[0]);
  aws.faults.clear();
  aws.events.faults.clear();
  const sites = callSites(aws.calls.since(mark)).filter((site) => act.owns?.(site) ?? false);
  if (act.until !== undefined) {
    // In the middle of it, where nothing can be said yet, and to look would let time pass.
    await stop();
    return { met, first: 'on its way', broken: [...found, ...watch.found], sites, picture: { things: [], ledger: [] } };
  }
  let ended = await look(stage);
  const first = ended.ledger.site?.operation ? 'stuck' : (ended.ledger.site?.state ?? 'nothing');
  found.push(...broken(ended));
  if (first !== act.ends) {
    found.push(...(await goOn(stage, act, first)));
    ended = await look(stage);
    found.push(...broken(ended).map((sentence) => `gone on with: ${sentence}`));
  }
  if (ended.ledger.site?.state !== act.ends)
    found.push(`11: it ended "${ended.ledger.site?.state}": ${ended.ledger.site?.reason?.message}`);
  if (act.ends === 'live') found.push(...unanswered(stage, ended.answers));
  await stop();
  aws.ec2.web(world.instanceId).fail(undefined);
  const picture = pictureOf(domain, { things: madeBy(ended), ledger: ended.ledger, instanceId: world.instanceId });
  // Where a cancellation meets it is chance, and AWS goes on with what was begun: the act behind it says whether all is well.
  if (wanted && act.ask !== 'cancel') {
    found.push(...differences(wanted.things, picture.things).map((line) => `11: the world ${line}`));
    found.push(...differences(wanted.ledger, picture.ledger).map((line) => `11: the ledger ${line}`));
  }
  return { met, first, broken: [...new Set([...found, ...watch.found])], sites, picture };
}

/** What a person does about a site that did not end as asked for: has it go on, or asks again where there is nothing. */
async function goOn(stage: Stage, act: Act, state: string): Promise<string[]> {
  if (act.ends === 'live' && state === 'held') return ask(stage, { ...act, ask: 'resume' }, 'second');
  if (act.ends === 'undone' && state === 'held') return ask(stage, { ...act, ask: 'undo' }, 'second');
  return ask(stage, act, 'second');
}

/** Whether the first rule, which is the call site's own, has had its call. */
function struck(rule: ReturnType<Nameplate['aws']['faults']['list']>[number] | undefined): Played['met'] {
  if (rule && rule.seen < (rule.at ?? 1)) return 'no';
  return rule?.kind === 'stale' && rule.stale === 0 ? 'nothing older' : 'yes';
}

/** Asks as a careful person does, the same request with the same key until it is taken, and waits for the end. */
async function ask(stage: Stage, act: Act, key: string): Promise<string[]> {
  const { aws } = stage.ground.nameplate;
  const refused = await taken(stage, act, key);
  if (act.until !== undefined) {
    await stage.ground.nameplate.waitsIn(stage.domain, act.until);
    return refused;
  }
  await aws.clock.until(() => aws.states.running().length === 0, { limitMs: 40 * 24 * 3_600_000 });
  return refused;
}

async function taken(stage: Stage, act: Act, key: string): Promise<string[]> {
  const { aws } = stage.ground.nameplate;
  const { method, path, body } = request(stage, act);
  let approval: string | undefined;
  let last = '';
  for (let attempt = 0; attempt < REPEATS.most; attempt++) {
    const response = await fetch(`${aws.apiUrl}/v1/sites${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `${key}-${act.ask.replaceAll(' ', '-')}-${act.ends}-${stage.domain}${approval ? '-approved' : ''}`,
      },
      ...((approval ?? body) && { body: approval ?? body }),
    });
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

function request(
  { ground, declared, domain }: Stage,
  { ask: asked }: Act,
): { method: 'POST' | 'PUT'; path: string; body?: string } {
  if (asked === 'declare' || asked === 'change') {
    const origin = { instance: { id: ground.nameplate.world.instanceId } };
    const body = JSON.stringify({ ...declared.document(domain), origin });
    return asked === 'declare' ? { method: 'POST', path: '', body } : { method: 'PUT', path: `/${domain}`, body };
  }
  if (asked === 'cancel and undo') return { method: 'POST', path: `/${domain}/cancel`, body: '{"then":"undo"}' };
  return { method: 'POST', path: `/${domain}/${asked}` };
}

async function look({ ground, scenario, domain }: Stage) {
  const before = ground.standing;
  const { secure, plain } = namesOf(scenarioOf(scenario), domain);
  const names = [...secure, ...plain];
  const after = await ground.look();
  const ledger = await ledgerOf(ground.nameplate, { domain, names: [...new Set([domain, ...names])] });
  const answers = new Map<string, boolean>();
  const records = recordsIn(madeBy({ before, after }));
  for (const name of names) {
    if (!records.some((record) => leads(record, name))) continue;
    const over = secure.includes(name) ? 'https' : 'http';
    answers.set(name, await serves(ground, { name, over }));
  }
  return { domain, before, after, ledger, answers };
}

/** Whether it is an address record of that name; the copy of a wildcard leads where the wildcard did. */
function leads({ Name, Type, ResourceRecords = [] }: ResourceRecordSet, name: string): boolean {
  const copy = ResourceRecords.some(({ Value }) => Value === FOREIGN);
  return Name === `${name}.` && (Type === 'A' || Type === 'AAAA') && !copy;
}

async function serves(
  { nameplate: { viewer } }: ProvingGround,
  { name, over }: { name: string; over: 'http' | 'https' },
) {
  try {
    return (await viewer[over](name)).status === 200;
  } catch {
    return false;
  }
}

function unanswered({ declared, domain }: Stage, answers: Map<string, boolean>): string[] {
  return [...declared.secure(domain), ...declared.plain(domain)]
    .filter((name) => !answers.get(name))
    .map((name) => `11: nobody answers at ${name}`);
}
