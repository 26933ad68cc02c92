import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { nameOf } from './call-site.ts';
import { faultFree } from './fault-free.ts';
import { applies, KIND_NAMES, type Kind } from './kinds.ts';
import { matrix, summary } from './matrix.ts';
import type { Picture } from './picture.ts';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios.ts';
import type { Cell, Verdict } from './sweep.ts';

const list = (text: string): string[] => text.split(',');
const options = new Command('npm run faults --')
  .description('Onboards sites with one fault at each call to AWS in turn, and looks at what came of it')
  .option(
    '--only <text,text>',
    'only call sites whose name holds one of these: "acm:RequestCertificate", "PointRecords"',
    list,
  )
  .option('--kinds <kind,kind>', `only these of: ${KIND_NAMES.join(', ')}`, list)
  .option('--scenarios <name,name>', `only these of: ${SCENARIO_NAMES.join(', ')}`, list)
  .option('--sample <n>', 'only so many cells, spread evenly', Number)
  .option('--workers <n>', 'how many processes', Number, availableParallelism())
  .parse()
  .opts<{ only?: string[]; kinds?: string[]; scenarios?: string[]; sample?: number; workers: number }>();

const say = (text: string): void => console.error(text);

say('Onboarding without faults first');
const { sites, pictures } = await faultFree();
const cells = chosen(allCells());
say(`${cells.length} cells in ${options.workers} processes`);
const started = performance.now();
const verdicts = await swept(cells, pictures);
for (const scenario of SCENARIO_NAMES) {
  const of = verdicts.filter((verdict) => verdict.scenario === scenario);
  if (of.length > 0) console.log(`\n${scenario}\n${matrix(sites[scenario], of)}`);
}
for (const { scenario, site, kind, verdict, broken } of verdicts) {
  if (verdict === 'broken' || verdict === 'missing')
    console.log(`\n${verdict}: ${scenario}, ${nameOf(site)}, ${kind}\n  ${broken.join('\n  ')}`);
}
console.log(`\n${summary(verdicts)} (${Math.round((performance.now() - started) / 1000)} s)`);
process.exit(
  verdicts.length === cells.length && verdicts.every(({ verdict }) => verdict === 'held' || verdict === 'none') ? 0 : 1,
);

function allCells(): Cell[] {
  return SCENARIO_NAMES.flatMap((scenario) =>
    sites[scenario].flatMap((site) =>
      KIND_NAMES.filter((kind) => applies(kind, site)).map((kind) => ({ scenario, site, kind })),
    ),
  );
}

function chosen(all: Cell[]): Cell[] {
  const { only, kinds, scenarios, sample } = options;
  const wanted = all.filter(
    ({ scenario, site, kind }) =>
      (!scenarios || scenarios.includes(scenario)) &&
      (!kinds || kinds.includes(kind satisfies Kind)) &&
      (!only || only.some((text) => nameOf(site).includes(text))),
  );
  const step = sample ? Math.max(1, wanted.length / sample) : 1;
  return wanted.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** Hands the cells out to processes; one that dies makes its cell a broken one. */
async function swept(queue: Cell[], wanted: Record<ScenarioName, Picture>): Promise<Verdict[]> {
  const left = [...queue];
  const told: Verdict[] = [];
  const hear = (verdict: Verdict): void => {
    told.push(verdict);
    const { scenario, site, kind, first, seconds, broken } = verdict;
    say(
      `${told.length}/${queue.length} ${verdict.verdict} ${scenario} ${nameOf(site)} ${kind} (${first}, ${seconds.toFixed(1)} s)`,
    );
    for (const sentence of broken) say(`    ${sentence.slice(0, 400)}`);
  };
  const worker = () =>
    new Promise<void>((resolve) => {
      const child = fork(new URL('./sweep-worker.ts', import.meta.url));
      let cell: Cell | undefined;
      child.on('message', (message: { want?: string; verdict?: Verdict }) => {
        if (message.want === 'pictures') child.send({ wanted });
        if (message.want === 'cell') {
          cell = left.shift();
          child.send(cell ? { cell } : {});
        }
        if (message.verdict) {
          cell = undefined;
          hear(message.verdict);
        }
      });
      child.on('exit', (code) => {
        if (cell)
          hear({
            ...cell,
            verdict: 'broken',
            first: 'nothing',
            broken: [`the process ended with ${code}`],
            seconds: 0,
          });
        resolve();
      });
    });
  await Promise.all(Array.from({ length: Math.max(1, options.workers) }, worker));
  return told;
}
