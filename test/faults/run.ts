import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { sweepResources } from '../contract/resources-run.ts';
import { isOfResource, isWalked } from '../contract/units.ts';
import { nameOf } from './call-site.ts';
import { faultFree } from './fault-free.ts';
import { applies, KIND_NAMES, type Kind } from './kinds.ts';
import { matrix, summary } from './matrix.ts';
import type { Picture } from './picture.ts';
import { keyOf, Queue } from './queue.ts';
import { actName, SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';
import type { Cell, Run, Swept, Verdict } from './sweep.ts';

/** Where an answer is lost, or a worker. */
const LOSING: readonly Kind[] = ['error after', 'killed then stale'];

/** The two edges from nothing to live and back: every other operation has the same workflows and functions. */
const PLAIN: readonly ScenarioName[] = ['load-balancer', 'direct'];

const list = (text: string): string[] => text.split(',');
const options = new Command('npm run faults --')
  .description(
    'Makes every resource and takes sites through every operation, with one fault at each call to AWS in turn, and looks at what came of it',
  )
  .option(
    '--only <text,text>',
    'only call sites whose name holds one of these: "acm:RequestCertificate", "PointRecords"',
    list,
  )
  .option('--kinds <kind,kind>', `only these of: ${KIND_NAMES.join(', ')}`, list)
  .option('--scenarios <name,name>', `only these of: ${SCENARIO_NAMES.join(', ')}`, list)
  .option('--sample <n>', 'only so many cells, spread evenly', Number)
  .option('--whole', 'strike the calls of resources in whole operations too, with every kind of fault: hours')
  .option('--alone', 'one fault at a time, where several at different functions strike together else')
  .option('--workers <n>', 'how many processes', Number, availableParallelism())
  .parse()
  .opts<{
    only?: string[];
    kinds?: string[];
    scenarios?: string[];
    sample?: number;
    whole?: true;
    alone?: true;
    workers: number;
  }>();

const say = (text: string): void => console.error(text);

if (!options.scenarios && !options.sample) {
  say('Every resource first');
  const broken = (await sweepResources({ ...options, say })).filter((verdict) => verdict.broken.length > 0);
  for (const { unit, site, kind, broken: why } of broken)
    console.log(`\nbroken: ${unit}, ${site}, ${kind}\n  ${why.join('\n  ')}`);
  if (broken.length > 0) process.exit(1);
}
say('Every scenario without faults first');
const scenarios = SCENARIO_NAMES.filter((name) => !options.scenarios || options.scenarios.includes(name));
const { sites, pictures } = await faultFree(scenarios);
const cells = chosen(allCells());
say(`${cells.length} cells in ${options.workers} processes`);
const started = performance.now();
const queue = new Queue(cells, options);
const verdicts = await swept(pictures);
for (const scenario of scenarios) {
  for (const [act, of] of sites[scenario].entries()) {
    const told = verdicts.filter((verdict) => verdict.scenario === scenario && verdict.act === act);
    if (told.length > 0) console.log(`\n${actName(scenario, act)}\n${matrix(of, told)}`);
  }
}
for (const { scenario, act, site, kind, verdict, broken } of verdicts) {
  if (verdict === 'broken' || verdict === 'missing')
    console.log(`\n${verdict}: ${actName(scenario, act)}, ${nameOf(site)}, ${kind}\n  ${broken.join('\n  ')}`);
}
for (const { cells: company, broken } of queue.together)
  console.log(`\nbroke together:\n  ${[...company.map(keyOf), ...broken].join('\n  ')}`);
console.log(`\n${summary(verdicts)} (${Math.round((performance.now() - started) / 1000)} s)`);
process.exit(
  verdicts.length === cells.length && verdicts.every(({ verdict }) => verdict === 'held' || verdict === 'none') ? 0 : 1,
);

/** Every kind where no resource was walked: workflows, requests and waiting steps; elsewhere where something is lost. */
function isInFew(scenario: ScenarioName, site: Cell['site'], kind: Kind): boolean {
  if (isOfResource(site) && isWalked(scenario)) return false;
  return LOSING.includes(kind) || (PLAIN.includes(scenario) && !isOfResource(site));
}

function allCells(): Cell[] {
  return scenarios.flatMap((scenario) =>
    sites[scenario].flatMap((of, act) =>
      of.flatMap((site, order) =>
        KIND_NAMES.filter((kind) => applies(kind, site)).map((kind) => ({ scenario, act, order, site, kind })),
      ),
    ),
  );
}

function chosen(all: Cell[]): Cell[] {
  const { only, kinds, sample, whole = sample !== undefined } = options;
  const wanted = all.filter(
    ({ scenario, site, kind }) =>
      (whole || isInFew(scenario, site, kind)) &&
      (!kinds || kinds.includes(kind satisfies Kind)) &&
      (!only || only.some((text) => nameOf(site).includes(text))),
  );
  const step = sample ? Math.max(1, wanted.length / sample) : 1;
  return wanted.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** Hands the cells out to processes; one that dies breaks the cells of the first act that it had. */
async function swept(wanted: Record<ScenarioName, Picture[]>): Promise<Verdict[]> {
  const told: Verdict[] = [];
  const hear = (one: Swept): void => {
    for (const verdict of queue.hear(one)) {
      told.push(verdict);
      const { scenario, act, site, kind, first, seconds, broken } = verdict;
      say(
        `${told.length}/${cells.length} ${verdict.verdict} ${actName(scenario, act)}: ${nameOf(site)} ${kind} (${first}, ${seconds.toFixed(1)} s; ${left(told.length, cells.length)})`,
      );
      for (const sentence of broken) say(`    ${sentence.slice(0, 400)}`);
    }
  };
  const worker = () =>
    new Promise<void>((resolve) => {
      const child = fork(new URL('./sweep-worker.ts', import.meta.url));
      let run: Run | undefined;
      child.on('message', (message: { want?: string; swept?: Swept }) => {
        if (message.want === 'pictures') child.send({ wanted });
        if (message.want === 'run') {
          run = queue.next();
          child.send(run ? { run } : {});
        }
        if (message.swept) {
          run = undefined;
          hear(message.swept);
        }
      });
      child.on('exit', (code) => {
        const { cells: had = [] } = run ?? {};
        const broken = [`the process ended with ${code}`];
        const struck = had.filter(({ act }) => act === had[0]?.act);
        const verdicts = struck.map((cell) => ({
          ...cell,
          verdict: 'broken' as const,
          first: 'nothing',
          broken,
          seconds: 0,
        }));
        hear({ verdicts, unplayed: had.filter((cell) => !struck.includes(cell)) });
        resolve();
      });
    });
  await Promise.all(Array.from({ length: Math.max(1, options.workers) }, worker));
  return told;
}

/** "12 min left", at the pace so far. */
function left(done: number, of: number): string {
  const seconds = ((performance.now() - started) / 1000 / done) * (of - done);
  return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`;
}
