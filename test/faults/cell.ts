import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Thing } from '../support/inventory.ts';
import type { Nameplate } from '../support/nameplate.ts';
import { type CallSite, callSites } from './call-site.ts';
import { broken, madeBy, recordsIn } from './invariants.ts';
import { KINDS, type Kind } from './kinds.ts';
import { ledgerOf } from './ledger-of.ts';
import { differences, type Picture, pictureOf } from './picture.ts';
import type { ProvingGround } from './proving-ground.ts';
import { SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts';

/** How often the person repeats a request that AWS had no answer for, and how long they wait between, in ms. */
const REPEATS = { most: 12, afterMs: 10_000 };

/** One run with one fault, or with none. */
export interface Run {
  /** Whether the fault struck; "nothing older" for a stale read of what was never asked before. */
  met: 'yes' | 'no' | 'nothing older';
  /** How the first operation ended: "live", "held", or the ledger's own word when it did not end. */
  first: string;
  /** What was broken, in sentences; empty when everything held. */
  broken: string[];
  sites: CallSite[];
  picture: Picture;
}

/** Declares a site while a fault stands; a failed one is declared again without. Then looks at what came of it. */
export async function run(
  ground: ProvingGround,
  scenario: ScenarioName,
  { site, kind, wanted }: { site?: CallSite; kind?: Kind; wanted?: Picture } = {},
): Promise<Run> {
  const { nameplate } = ground;
  const { aws } = nameplate;
  const { document, zone, unhealthyFirst, eventsLost, owns = () => true } = SCENARIOS[scenario] as Scenario;
  const domain = `s${++ground.runs}.${zone ?? 'own.test'}`;
  const instanceId = await ground.instance();
  const before = ground.standing;
  const body = { ...document(domain), origin: { instance: { id: instanceId } } };
  const found: string[] = [];
  if (eventsLost) aws.events.faults.add({ kind: 'lose', detailType: 'ACM Certificate Available', times: 9 });
  if (unhealthyFirst) aws.ec2.web(instanceId).fail(500);
  if (unhealthyFirst === 'strike the next one') {
    found.push(...(await declare(ground, body, 'unhealthy')));
    aws.ec2.web(instanceId).fail(undefined);
  }
  if (site && kind) for (const rule of KINDS[kind].rules(site)) aws.faults.add(rule);
  const mark = aws.calls.mark();
  found.push(...(await declare(ground, body, 'first')));
  const met = struck(aws.faults.list()[0]);
  aws.faults.clear();
  aws.events.faults.clear();
  aws.ec2.web(instanceId).fail(undefined);
  const sites = callSites(aws.calls.since(mark)).filter(owns);
  let ended = await look(ground, { scenario, domain, before });
  const first = ended.ledger.site?.operation ? 'stuck' : (ended.ledger.site?.state ?? 'nothing');
  found.push(...broken({ domain, before, ...ended }));
  if (first !== 'live') {
    found.push(...(await declare(ground, body, 'second')).map((sentence) => `declared again: ${sentence}`));
    ended = await look(ground, { scenario, domain, before });
    found.push(...broken({ domain, before, ...ended }).map((sentence) => `declared again: ${sentence}`));
    if (ended.ledger.site?.state !== 'live')
      found.push(`11: declared again it ended "${ended.ledger.site?.state}": ${ended.ledger.site?.reason?.message}`);
  }
  const picture = pictureOf(domain, {
    things: madeBy({ before, after: ended.after }),
    ledger: ended.ledger,
    instanceId,
  });
  if (wanted) {
    found.push(...differences(wanted.things, picture.things).map((line) => `11: the world ${line}`));
    found.push(...differences(wanted.ledger, picture.ledger).map((line) => `11: the ledger ${line}`));
  }
  found.push(...unanswered(scenario, domain, ended.answers));
  await ground.tidy(ended.after);
  return { met, first, broken: [...new Set(found)], sites, picture };
}

/** Whether the first rule, which is the call site's own, has had its call. */
function struck(rule: ReturnType<Nameplate['aws']['faults']['list']>[number] | undefined): Run['met'] {
  if (rule && rule.seen < (rule.at ?? 1)) return 'no';
  return rule?.kind === 'stale' && rule.stale === 0 ? 'nothing older' : 'yes';
}

/** Posts as a careful person does, the same request with the same key until it is taken, and waits for the end. */
async function declare({ nameplate }: ProvingGround, body: object, key: string): Promise<string[]> {
  const { aws } = nameplate;
  let last = '';
  for (let attempt = 0; attempt < REPEATS.most; attempt++) {
    const response = await nameplate.post(body, {
      'idempotency-key': `${key}-${JSON.stringify(body).length}-${(body as { domain: string }).domain}`,
    });
    if (response.status === 202) {
      await response.text();
      await aws.clock.until(() => aws.states.running().length === 0, { limitMs: 40 * 24 * 3_600_000 });
      return [];
    }
    last = `${response.status} ${await response.text()}`;
    const busy = response.status >= 500 || response.status === 429 || response.headers.has('retry-after');
    if (!busy) break;
    await aws.clock.advance(REPEATS.afterMs);
  }
  await aws.clock.until(() => aws.states.running().length === 0, { limitMs: 40 * 24 * 3_600_000 });
  return [`the API answers ${last}`];
}

async function look(
  ground: ProvingGround,
  { scenario, domain, before }: { scenario: ScenarioName; domain: string; before: Thing[] },
) {
  const after = await ground.look();
  const ledger = await ledgerOf(ground.nameplate, domain);
  const answers = new Map<string, boolean>();
  const { secure, plain } = SCENARIOS[scenario] as Scenario;
  const records = recordsIn(madeBy({ before, after }));
  for (const name of [...secure(domain), ...plain(domain)]) {
    if (!records.some((record) => leads(record, name))) continue;
    const over = secure(domain).includes(name) ? 'https' : 'http';
    answers.set(name, await serves(ground, { name, over }));
  }
  return { after, ledger, answers };
}

/** Whether it is an address record of that name; the copy of a wildcard leads where the wildcard did. */
function leads({ Name, Type, ResourceRecords = [] }: ResourceRecordSet, name: string): boolean {
  const copy = ResourceRecords.some(({ Value }) => Value === '203.0.113.200');
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

function unanswered(scenario: ScenarioName, domain: string, answers: Map<string, boolean>): string[] {
  const { secure, plain } = SCENARIOS[scenario] as Scenario;
  return [...secure(domain), ...plain(domain)]
    .filter((name) => !answers.get(name))
    .map((name) => `11: nobody answers at ${name}`);
}
