import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Nameplate } from '../support/nameplate.ts';
import { ask, type Stage } from './ask.ts';
import { type CallSite, callSites } from './call-site.ts';
import { broken, type Ended, madeBy } from './invariants.ts';
import { KINDS, type Kind } from './kinds.ts';
import { ledgerOf, stateOf } from './ledger-of.ts';
import { differences, type Picture, pictureOf } from './picture.ts';
import type { ProvingGround } from './proving-ground.ts';
import { type Act, namesOf, type ScenarioName, scenarioOf } from './scenarios.ts';
import { type Shows, shown } from './shows.ts';
import { FOREIGN, NOBODY } from './surroundings/surroundings.ts';
import { Watch } from './watch.ts';

/** A fault at a call site of one act. */
export interface Strike {
  site: CallSite;
  kind: Kind;
}

/** One act with its faults, or with none. */
export interface Played {
  /** Whether each fault struck; "nothing older" for a stale read of what was never asked before. */
  met: Met[];
  /** How it ended at first: "live", "live with its page", "held", "undone", or the ledger's own word when it did not end. */
  first: string;
  /** What was broken, in sentences; empty when everything held. */
  broken: string[];
  sites: CallSite[];
  picture: Picture;
}

export type Met = 'yes' | 'no' | 'nothing older';

/**
 * Plays a scenario act by act, each with its faults where there are any, and looks at what came of it. Ends with the first
 * act that breaks something. After the last one the world is as it was before.
 */
export async function run(
  ground: ProvingGround,
  scenario: ScenarioName,
  { strikes = [], wanted }: { strikes?: readonly (readonly Strike[] | undefined)[]; wanted?: readonly Picture[] } = {},
): Promise<Played[]> {
  const { zone, acts, changed, surroundings = NOBODY, ...declared } = scenarioOf(scenario);
  const place = { ground, domain: `s${++ground.runs}.${zone ?? 'own.test'}` };
  const end = await surroundings.begin?.(place);
  const before = end ? await ground.look() : ground.standing;
  const stage: Stage = { ...place, scenario, surroundings, before, declared };
  const played: Played[] = [];
  for (const [at, act] of acts.entries()) {
    if (act.ask === 'change' && changed) stage.declared = changed;
    const one = await play(stage, act, { strikes: strikes[at] ?? [], wanted: wanted?.[at] });
    played.push(one);
    // What it leaves behind is for nobody to tidy up: the next run has another place.
    if (one.broken.length > 0) return played;
  }
  await end?.();
  return played;
}

/** Plays one act while its faults stand. What did not end as it should is gone on with, without them. */
async function play(
  stage: Stage,
  act: Act,
  { strikes, wanted }: { strikes: readonly Strike[]; wanted: Picture | undefined },
): Promise<Played> {
  const { ground, domain } = stage;
  const { aws, world } = ground.nameplate;
  if (act.undelegated) aws.registrar.undelegate(domain);
  if (act.eventsLost) aws.events.faults.add({ kind: 'lose', detailType: 'ACM Certificate Available', times: 9 });
  if (act.unhealthy) aws.ec2.web(world.instanceId).fail(500);
  if (act.denied) aws.faults.add({ ...act.denied, kind: 'error-before', code: 'AccessDenied' });
  const watch = new Watch(ground, stage);
  const stop = await watch.begin();
  const rules = strikes.map(({ kind, site }) => KINDS[kind].rules(site).map((rule) => aws.faults.add(rule)));
  const mark = aws.calls.mark();
  const found = await ask(stage, act, 'first');
  const met = rules.map(([own]) => struck(aws.faults.list().find(({ id }) => id === own)));
  aws.faults.clear();
  aws.events.faults.clear();
  // Where somebody asks what to enter is their own affair, and tells nothing of the operation.
  const sites = callSites(aws.calls.since(mark)).filter(
    (site) => site.caller !== 'ShowSite' && (act.owns?.(site) ?? false),
  );
  if (act.until !== undefined) {
    // In the middle of it, where nothing can be said yet, and to look would let time pass.
    await stop();
    return { met, first: 'on its way', broken: [...found, ...watch.found], sites, picture: { things: [], ledger: [] } };
  }
  let ended = await look(stage);
  const first = stateOf(ended.ledger);
  found.push(...broken(ended));
  if (first !== act.ends) {
    found.push(...(await goOn(stage, act, first)));
    ended = await look(stage);
    found.push(...broken(ended).map((sentence) => `gone on with: ${sentence}`));
  }
  const last = stateOf(ended.ledger);
  if (last !== act.ends) found.push(`11: it ended "${last}": ${ended.ledger.site?.reason?.message}`);
  if (act.ends === 'live') found.push(...unanswered(stage, ended.answers, 'site'));
  if (act.ends === 'live with its page') found.push(...unanswered(stage, ended.answers, 'page'));
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

/** Whether a rule has had its call. */
function struck(rule: ReturnType<Nameplate['aws']['faults']['list']>[number] | undefined): Met {
  if (rule && rule.seen < (rule.at ?? 1)) return 'no';
  return rule?.kind === 'stale' && rule.stale === 0 ? 'nothing older' : 'yes';
}

async function look({ ground, scenario, domain, before }: Stage) {
  const { secure, plain } = namesOf(scenarioOf(scenario), domain);
  const names = [...secure, ...plain];
  const after = await ground.look();
  const ledger = await ledgerOf(ground.nameplate, { domain, names: [...new Set([domain, ...names])] });
  const answers: Ended['answers'] = new Map();
  const records = await ground.records(scenarioOf(scenario).zone ?? domain);
  for (const name of names) {
    if (!records.some((record) => leads(record, name))) continue;
    const over = secure.includes(name) ? 'https' : 'http';
    answers.set(name, await shown(ground.nameplate, { name, over }));
  }
  return { domain, before, after, ledger, answers };
}

/** Whether it is an address record of that name of ours; the copy of a wildcard leads where the wildcard did. */
function leads({ Name, Type, ResourceRecords = [] }: ResourceRecordSet, name: string): boolean {
  const theirs = ResourceRecords.some(({ Value }) => Value === FOREIGN);
  return Name === `${name}.` && (Type === 'A' || Type === 'AAAA') && !theirs;
}

function unanswered({ declared, domain }: Stage, answers: Ended['answers'], wanted: Shows): string[] {
  return [...declared.secure(domain), ...declared.plain(domain)]
    .filter((name) => answers.get(name) !== wanted)
    .map((name) => `11: ${name} does not answer with the ${wanted}`);
}
