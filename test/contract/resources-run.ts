import { fork } from 'node:child_process';
import type { Kind } from '../faults/kinds.ts';
import type { Verdict } from './sweep.ts';
import { UNITS } from './units.ts';

interface Options {
  kinds?: string[];
  only?: string[];
  workers: number;
  say: (text: string) => void;
}

/** Strikes every resource in processes of their own. Gives all verdicts. */
export async function sweepResources({ kinds, only, workers, say }: Options): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const left = UNITS.map(({ name }) => name);
  const worker = () =>
    new Promise<void>((resolve) => {
      const child = fork(new URL('./sweep-worker.ts', import.meta.url));
      let unit: string | undefined;
      child.on('message', (message: { want?: 'unit'; verdict?: Verdict }) => {
        if (message.want) {
          unit = left.shift();
          child.send({ unit, kinds, only });
        }
        if (message.verdict) hear(message.verdict);
      });
      child.on('exit', (code) => {
        const broken = [`the process ended with ${code}`];
        if (unit !== undefined) hear({ unit, site: 'all', kind: 'error before' satisfies Kind, broken });
        resolve();
      });
    });
  const hear = (verdict: Verdict): void => {
    verdicts.push(verdict);
    const { unit, site, kind, broken } = verdict;
    say(`${verdicts.length} ${broken.length > 0 ? 'broken' : 'held'} ${unit}: ${site} ${kind}`);
    for (const sentence of broken) say(`    ${sentence.slice(0, 400)}`);
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, worker));
  return verdicts;
}
