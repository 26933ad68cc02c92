import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownStacks } from '../target/known-stacks.ts';
import { median } from './median.ts';
import { type Row, row } from './row.ts';

/** What one process took, in ms. */
interface Took {
  /** User and system time: on an idle machine the process takes no longer, but for what it waits for. */
  cpu: number;
  wall: number;
}

/** Each process tells its own: Node has no figures of children. */
const TELL_CPU = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(3, String((user + system) / 1000));
});`;

const KEYS = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };

/**
 * How long the built command takes besides what it asks: usage, a list from an API that answers at once, and the same signed, from
 * a stack whose address is cached. Each beside a Node that does nothing, in turn.
 */
export async function startups(command: string, runs: number): Promise<Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'nameplate-bench-'));
  const api = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"sites":[]}'),
  ).listen(0, '127.0.0.1');
  try {
    await once(api, 'listening');
    const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    const preload = join(scratch, 'tell-cpu.cjs');
    writeFileSync(preload, TELL_CPU);
    const env = { PATH: process.env['PATH'] ?? '', HOME: scratch };
    await knownStacks(env).keep('key us-east-1 Nameplate ', { url, account: '123456789012' });
    const took = (words: string[], more: Record<string, string> = {}): Promise<Took> =>
      run(['--require', preload, ...words], { ...env, ...more });
    const all = { node: [] as Took[], help: [] as Took[], list: [] as Took[], signed: [] as Took[] };
    for (let turn = 0; turn < runs; turn++) {
      all.node.push(await took(['-e', '0']));
      all.help.push(await took([command, '--help']));
      all.list.push(await took([command, 'list'], { NAMEPLATE_URL: url }));
      all.signed.push(await took([command, 'list'], KEYS));
    }
    const bare = all.node;
    return [
      startupRow('nameplate --help', { took: all.help, bare, most: 150 }),
      startupRow('nameplate list', { took: all.list, bare, most: 400 }),
      startupRow('nameplate list, signed for a stack', { took: all.signed, bare, most: 400 }),
    ];
  } finally {
    api.close();
    rmSync(scratch, { recursive: true });
  }
}

function startupRow(what: string, { took, bare, most }: { took: Took[]; bare: Took[]; most: number }): Row {
  const of = (all: Took[], figure: keyof Took): number => median(all.map((each) => each[figure]));
  const [cpu, wall, node] = [of(took, 'cpu'), of(took, 'wall'), of(bare, 'cpu')];
  return row(what, `${took.length} runs`, {
    measured: `${cpu.toFixed(0)} ms of CPU, ${(cpu / node).toFixed(1)} times a Node that does nothing (${node.toFixed(0)} ms); ${wall.toFixed(0)} ms by the clock`,
    target: `at most ${most} ms of CPU`,
    met: cpu <= most,
    values: { cpu, wall, node },
  });
}

async function run(words: string[], env: Record<string, string>): Promise<Took> {
  const began = performance.now();
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  let told = '';
  child.stdio[3]?.on('data', (chunk) => {
    told += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Cannot measure "${words.slice(2).join(' ')}": it ended with ${code}`);
  return { cpu: Number(told), wall: performance.now() - began };
}
