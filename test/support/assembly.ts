import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.ts';

/**
 * A copy of the assembly as an earlier version would have left it: one function and its state bear another name, and the workflows are
 * of another version; the first ones named none.
 */
export function formerAssembly({ rename, to, namesVersion }: FormerVersion): string {
  return changedAssembly((template) =>
    JSON.stringify(JSON.parse(template.replaceAll(rename, to)), (key, value) => {
      if (key === 'WORKFLOW_VERSION' || key === 'WorkflowVersion') return namesVersion ? 'former' : undefined;
      if (key !== 'DefinitionString' || namesVersion) return value;
      return value.replaceAll(`,"workflow":"\${WorkflowVersion}"`, '');
    }),
  );
}

interface FormerVersion {
  /** "CheckAuthorization", which was called `to` then. */
  rename: string;
  to: string;
  namesVersion: boolean;
}

function changedAssembly(change: (template: string) => string): string {
  const copy = mkdtempSync(join(tmpdir(), 'nameplate-assembly-'));
  cpSync(assembly(), copy, { recursive: true });
  const file = join(copy, 'Nameplate.template.json');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return copy;
}

/** The synthesized cloud assembly's folder, made once by a process of its own, shared by all journeys and asked for once a suite. */
export function assembly(): string {
  folder ??= execFileSync('node', ['infra/assembly.ts'], { cwd: root, encoding: 'utf8' }).trim();
  return folder;
}

let folder: string | undefined;
