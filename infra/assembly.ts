// Prints the folder of the synthesized cloud assembly, made anew only when something that goes into it has changed.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const cache = join(root, '.cache', 'assembly');

/** A digest of every file that decides what the assembly holds. */
function inputsDigest(): string {
  const files = globSync(
    ['{domain,aws,resources,functions,infra}/**/*.ts', 'workflows/*.json', 'cdk.json', 'package-lock.json'],
    {
      cwd: root,
    },
  ).sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

const directory = join(cache, inputsDigest());
if (!existsSync(directory)) {
  const { synthesize } = await import('./synthesize.ts');
  // Made beside and moved in place: two processes that start at once never see half an assembly.
  const draft = `${directory}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  // test/infra checks the template, and so does each deployment.
  await synthesize(draft, { checked: false });
  if (existsSync(directory)) rmSync(draft, { recursive: true });
  else renameSync(draft, directory);
  for (const old of [...globSync('*', { cwd: cache }), ...globSync('../functions.*', { cwd: cache })])
    if (join(cache, old) !== directory && !isBeingMade(old)) rmSync(join(cache, old), { recursive: true, force: true });
}
console.log(directory);

/** Whether the process that makes this draft still runs; one that was stopped left it. */
function isBeingMade(name: string): boolean {
  const pid = /\.(\d+)$/.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
