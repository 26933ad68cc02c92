import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.ts';

/** A copy of the assembly whose policies nowhere allow `action`. */
export function assemblyWithout(action: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'nameplate-assembly-'));
  cpSync(assembly(), copy, { recursive: true });
  const file = join(copy, 'Nameplate.template.json');
  const narrowed = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), (_, value) =>
    value?.Effect === 'Allow' ? { ...value, Action: otherThan(action, value.Action) } : value,
  );
  writeFileSync(file, narrowed);
  return copy;
}

/** The other actions of a statement, which needs at least one. */
function otherThan(action: string, actions: string | string[]): string | string[] {
  const left = [actions].flat().filter((allowed) => allowed !== action);
  return left.length > 0 ? left : 'sts:GetCallerIdentity';
}

/** The synthesized cloud assembly's folder, made once by a process of its own and shared by all journeys. */
export const assembly = (): string =>
  execFileSync('node', ['infra/assembly.ts'], { cwd: root, encoding: 'utf8' }).trim();
