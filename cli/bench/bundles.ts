import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import type { Row } from './row.ts';

/** Source: the target set for this product; Lambda takes far more, but every kilobyte is parsed in a cold start. */
const MOST_BYTES = 600_000;

/** Bytes and load time of each function's bundle, beside a handler that does nothing. */
export function bundles(functions: string, runs: number): Row[] {
  const scratch = mkdtempSync(join(tmpdir(), 'nameplate-bench-'));
  const empty = join(scratch, 'index.cjs');
  writeFileSync(empty, 'exports.handler = async () => {};\n');
  try {
    const emptyMs = median(loads(empty, runs));
    return readdirSync(functions)
      .sort()
      .map((name) => {
        const file = join(functions, name, 'index.cjs');
        const bytes = statSync(file).size;
        const ms = median(loads(file, runs));
        return {
          what: `bundle ${name}`,
          measured: `${Math.round(bytes / 1000)} kB, loads in ${ms.toFixed(0)} ms (empty handler ${emptyMs.toFixed(1)} ms)`,
          target: `at most ${MOST_BYTES / 1000} kB`,
          met: bytes <= MOST_BYTES,
          of: `${runs} loads`,
          values: { bytes, ms, emptyMs },
        };
      });
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
