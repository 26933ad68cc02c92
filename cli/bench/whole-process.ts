import { execFileSync, spawn } from 'node:child_process';

export interface Run {
  seconds: number;
  /** The largest sum of resident memory of the process and all its descendants, in MiB. */
  memory: number;
  code: number | null;
  stdout: string;
}

/** Runs a command as a user would and measures it from outside, until it ends or `until` finds what it waits for. */
export function wholeProcess(command: string[], until?: (stdout: string) => boolean): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    let seconds: number | undefined;
    let memory = 0;
    const sampling = setInterval(() => {
      memory = Math.max(memory, residentMiB(child.pid ?? 0));
    }, 250);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (seconds === undefined && until?.(stdout)) {
        seconds = (performance.now() - startedAt) / 1000;
        child.kill('SIGTERM');
      }
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(sampling);
      resolve({ seconds: seconds ?? (performance.now() - startedAt) / 1000, memory, code, stdout });
    });
  });
}

function residentMiB(root: number): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number) as [number, number, number]);
  const family = new Set([root]);
  // Parents come before children in no promised order: repeat until no new one is found.
  for (let found = -1; found !== family.size; ) {
    found = family.size;
    for (const [pid, parent] of rows) if (family.has(parent)) family.add(pid);
  }
  return rows.filter(([pid]) => family.has(pid)).reduce((sum, [, , rss]) => sum + rss, 0) / 1024;
}
