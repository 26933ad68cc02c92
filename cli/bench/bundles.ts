import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import type { Row } from './row.ts';

/** Source: the target set for this product; Lambda takes far more, but every kilobyte is parsed in a cold start. */
const MOST_BYTES = 600_000;

interface Bundle {
  name: string;
  bytes: number;
  /** To load it in a fresh process. */
  ms: number;
}

/** Bytes and load time of the functions' bundles, beside a handler that does nothing: the largest and the slowest are told, and all in JSON. */
export function bundles(functions: string, runs: number): Row[] {
  const scratch = mkdtempSync(join(tmpdir(), 'nameplate-bench-'));
  const empty = join(scratch, 'index.cjs');
  writeFileSync(empty, 'exports.handler = async () => {};\n');
  try {
    const emptyMs = median(loads(empty, runs));
    const all = readdirSync(functions)
      .sort()
      .map((name): Bundle => {
        const file = join(functions, name, 'index.cjs');
        return { name, bytes: statSync(file).size, ms: median(loads(file, runs)) };
      });
    const largest = all.reduce((one, other) => (other.bytes > one.bytes ? other : one));
    const slowest = all.reduce((one, other) => (other.ms > one.ms ? other : one));
    return [
      {
        what: `bundles of ${all.length} functions, the largest`,
        measured: `${Math.round(largest.bytes / 1000)} kB, ${largest.name}`,
        target: `at most ${MOST_BYTES / 1000} kB`,
        met: largest.bytes <= MOST_BYTES,
        of: 'each',
        values: Object.fromEntries(all.map(({ name, bytes }) => [name, bytes])),
      },
      {
        what: 'to load a bundle, the slowest',
        measured: `${slowest.ms.toFixed(0)} ms, ${slowest.name} (an empty handler ${emptyMs.toFixed(1)} ms)`,
        of: `${runs} loads`,
        values: Object.fromEntries(all.map(({ name, ms }) => [name, ms])),
      },
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** How long `require` takes in a fresh process, in ms. */
function loads(file: string, runs: number): number[] {
  const script = `const t = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - t);`;
  const env = { PATH: process.env.PATH ?? '', AWS_REGION: 'us-east-1' };
  return Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env })),
  );
}
