import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { Command } from 'commander';
import { bundles } from './bench/bundles.ts';
import { consoleRows } from './bench/console.ts';
import { type Failover, measureCdnSwitch, measureFailover, type Watched } from './bench/failover.ts';
import { failoverRows, watchedRow } from './bench/failover-rows.ts';
import { median, quantile } from './bench/median.ts';
import { measureOnboarding, type Onboarding } from './bench/onboarding.ts';
import { measurePlans, type Planned } from './bench/plan.ts';
import { type Row, row } from './bench/row.ts';
import { startups } from './bench/startup.ts';
import { measureSweep } from './bench/sweep.ts';
import { sweepRows } from './bench/sweep-rows.ts';
import { wholeProcess } from './bench/whole-process.ts';
import { synthesizedAssembly } from './boot.ts';
import { commandName, forScripts, tell } from './command.ts';

const { json, seeds, runs } = forScripts(
  new Command(commandName('bench')).description(
    'Measures the product against its targets, whole processes and onboardings on AWS time',
  ),
  'the figures as JSON',
)
  .option('--seeds <n>', "how many draws of AWS's delays to onboard over", Number, 50)
  .option('--runs <n>', 'how often whole processes and bundle loads are run', Number, 3)
  .parse()
  .opts<{ json?: true; seeds: number; runs: number }>();

const root = fileURLToPath(new URL('../', import.meta.url));
const say = (text: string): void => console.error(text);

async function onboardings(assembly: string): Promise<Row[]> {
  const measured: Onboarding[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    measured.push(await measureOnboarding({ assembly, seed }));
    say(`onboarding ${seed} of ${seeds}`);
  }
  const ratios = measured.map(({ seconds, boundSeconds }) => seconds / boundSeconds);
  const gaps = measured.map(({ afterIssueSeconds }) => afterIssueSeconds);
  const states = measured.map(({ billedStates }) => billedStates);
  const looks = measured.map(({ doctorSeconds }) => doctorSeconds);
  const polls = Math.max(...measured.map(({ extraPolls }) => extraPolls));
  const second = Math.max(...measured.map(({ secondMutating }) => secondMutating));
  const calls = measured[0]?.calls ?? {};
  const of = `${seeds} seeds`;
  return [
    row('AWS time from request to verified HTTPS', of, {
      measured: `${median(measured.map(({ seconds }) => seconds)).toFixed(1)} s, ${median(ratios).toFixed(3)} times the lower bound (worst ${Math.max(...ratios).toFixed(3)})`,
      target: 'at most 1.10 times',
      met: median(ratios) <= 1.1,
      values: { median: median(ratios), worst: Math.max(...ratios) },
    }),
    row("from ACM's issue to the next mutating call", of, {
      measured: `p95 ${quantile(gaps, 0.95).toFixed(3)} s, median ${median(gaps).toFixed(3)} s`,
      target: 'at most 0.5 s of AWS time, p95',
      met: quantile(gaps, 0.95) <= 0.5,
      values: { p95: quantile(gaps, 0.95), median: median(gaps) },
    }),
    row('extra DescribeCertificate polls when the event arrives', of, {
      measured: `${polls}`,
      target: '0',
      met: polls === 0,
      values: { polls },
    }),
    row('API calls for one onboarding', 'seed 1', {
      measured: Object.entries(calls)
        .sort()
        .map(([service, count]) => `${service} ${count}`)
        .join(', '),
      values: calls,
    }),
    row('mutating calls of a second identical request', of, {
      measured: `${second}`,
      target: '0',
      met: second === 0,
      values: { second },
    }),
    row('wall time of the doctor for a site with 4 addresses', of, {
      measured: `median ${median(looks).toFixed(2)} s, worst ${Math.max(...looks).toFixed(2)} s`,
      target: 'at most 3 s',
      met: Math.max(...looks) <= 3,
      values: { median: median(looks), worst: Math.max(...looks) },
    }),
    row('billed states per onboarding', of, {
      measured: `median ${median(states)}, most ${Math.max(...states)}`,
      target: 'at most 40',
      met: Math.max(...states) <= 40,
      values: { median: median(states), most: Math.max(...states) },
    }),
  ];
}

/** The same site behind CloudFront, whose distribution is made beside the certificates. */
async function behindCdn(assembly: string): Promise<Row[]> {
  const measured: Onboarding[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    measured.push(await measureOnboarding({ assembly, seed, edge: 'cdn' }));
    say(`behind CloudFront ${seed} of ${seeds}`);
  }
  const ratios = measured.map(({ seconds, boundSeconds }) => seconds / boundSeconds);
  return [
    row('AWS time from request to verified HTTPS by CloudFront', `${seeds} seeds`, {
      measured: `${median(measured.map(({ seconds }) => seconds)).toFixed(1)} s, ${median(ratios).toFixed(3)} times the lower bound (worst ${Math.max(...ratios).toFixed(3)})`,
      target: 'at most 1.10 times',
      met: median(ratios) <= 1.1,
      values: { median: median(ratios), worst: Math.max(...ratios) },
    }),
  ];
}

/** Behind a load balancer with the defaults of a failover: an outage, its end, and switches on request. */
async function failovers(assembly: string): Promise<Row[]> {
  const measured: Failover[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    measured.push(await measureFailover({ assembly, seed }));
    say(`failover ${seed} of ${seeds}`);
  }
  const behindCdn: Watched[] = [];
  for (let seed = 1; seed <= Math.min(seeds, 5); seed++) {
    behindCdn.push(await measureCdnSwitch({ assembly, seed }));
    say(`switch behind CloudFront ${seed} of ${Math.min(seeds, 5)}`);
  }
  return [...failoverRows(measured), watchedRow('the same behind CloudFront', behindCdn)];
}

/** How long after ACM's issue the net catches a lost event; the next check itself is at most half an hour away. */
async function lostEvents(assembly: string): Promise<Row[]> {
  const after: number[] = [];
  for (let seed = 1; seed <= Math.min(seeds, 5); seed++) {
    const { recoveredSeconds } = await measureOnboarding({ assembly, seed, loseEvent: true });
    after.push(recoveredSeconds);
    say(`lost event ${seed} of ${Math.min(seeds, 5)}`);
  }
  return [
    row('a lost event, from the next check to going on', `${after.length} seeds`, {
      measured: `median ${median(after).toFixed(2)} s, worst ${Math.max(...after).toFixed(2)} s`,
      target: 'at most 60 s of AWS time',
      met: Math.max(...after) <= 60,
      values: { median: median(after), worst: Math.max(...after) },
    }),
  ];
}

/** A plan for one site: of nothing, of all of it, and of a change of it. */
async function plans(assembly: string): Promise<Row[]> {
  const measured: Planned[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    measured.push(...(await measurePlans(assembly, seed)));
    say(`plans, run ${seed} of ${runs}`);
  }
  const isChange = ({ of }: Planned): boolean => of === 'change';
  return [
    ...planRows('a plan for one site', { coldly: true, plans: measured.filter((plan) => !isChange(plan)) }),
    ...planRows('a plan of the change of one', { coldly: false, plans: measured.filter(isChange) }),
  ];
}

function planRows(what: string, { plans, coldly }: { plans: Planned[]; coldly: boolean }): Row[] {
  const worst = (of: 'seconds' | 'reads' | 'mutating' | 'ledgerWrites'): number =>
    Math.max(...plans.map((plan) => plan[of]));
  const of = `${plans.length} plans`;
  return [
    row(`wall time of ${what}`, of, {
      measured: `worst ${worst('seconds').toFixed(2)} s${coldly ? ', with a cold start' : ''}`,
      target: 'at most 2 s',
      met: worst('seconds') <= 2,
      values: { seconds: worst('seconds') },
    }),
    row(`read calls of ${what}`, of, {
      measured: `at most ${worst('reads')}`,
      target: 'at most 30',
      met: worst('reads') <= 30,
      values: { reads: worst('reads') },
    }),
    row(`mutating calls of ${what}`, of, {
      measured: `${worst('mutating')}, and ${worst('ledgerWrites')} in the ledger, which keeps the plan`,
      target: '0',
      met: worst('mutating') === 0,
      values: { mutating: worst('mutating'), ledgerWrites: worst('ledgerWrites') },
    }),
  ];
}

async function processes(): Promise<Row[]> {
  const demo = await repeat('demo', () => wholeProcess(['npm', 'run', '--silent', 'demo', '--', '--exit']));
  const ready = (stdout: string): boolean => stdout.includes('"api"');
  const local = () => wholeProcess(['npm', 'run', '--silent', 'local', '--', '--json'], ready);
  const cached = await repeat('local, cached', local);
  const uncached = await repeat('local, not cached', () => {
    rmSync(join(root, '.cache'), { recursive: true, force: true });
    return local();
  });
  const seconds = (all: { seconds: number }[]): number => median(all.map((run) => run.seconds));
  const memory = Math.max(...demo.map((run) => run.memory));
  const of = `${runs} runs`;
  return [
    row('npm run demo -- --exit', of, {
      measured: `${seconds(demo).toFixed(1)} s, ${Math.round(memory)} MiB, exit code ${demo[0]?.code}`,
      target: 'at most 60 s and 1,536 MiB',
      met: seconds(demo) <= 60 && memory <= 1536 && demo.every(({ code }) => code === 0),
      values: { seconds: seconds(demo), memory },
    }),
    row('local AWS ready, template cached', of, {
      measured: `${seconds(cached).toFixed(1)} s`,
      target: 'at most 3 s',
      met: seconds(cached) <= 3,
      values: { seconds: seconds(cached) },
    }),
    row('local AWS ready, template not cached', of, {
      measured: `${seconds(uncached).toFixed(1)} s`,
      target: 'at most 15 s',
      met: seconds(uncached) <= 15,
      values: { seconds: seconds(uncached) },
    }),
  ];
}

async function repeat<Result>(what: string, act: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let run = 1; run <= runs; run++) {
    results.push(await act());
    say(`${what}, run ${run} of ${runs}`);
  }
  return results;
}

function print(rows: Row[]): void {
  const table = new Table({
    head: ['what', 'measured', 'target', '', 'of'],
    colWidths: [38, 46, 24, 8, 10],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { what, measured, target = '', met, of } of rows) {
    table.push([what, measured, target, met === undefined ? '' : met ? 'met' : 'MISSED', of]);
  }
  console.log(table.toString());
}

await tell(async () => {
  const assembly = await synthesizedAssembly();
  const rows: Row[] = [
    ...(await onboardings(assembly)),
    ...(await behindCdn(assembly)),
    ...(await failovers(assembly)),
    ...(await lostEvents(assembly)),
    ...(runs > 0 ? await plans(assembly) : []),
    ...sweepRows(await measureSweep(assembly)),
    ...(await startups(join(root, 'dist', 'nameplate.js'), Math.max(runs, 1) * 5)),
    ...(await consoleRows(runs)),
    ...(await processes()),
    ...bundles(join(root, '.cache', 'functions'), runs),
  ];
  if (json) console.log(JSON.stringify(rows, undefined, 2));
  else print(rows);
  if (rows.some(({ met }) => met === false)) process.exitCode = 1;
});
