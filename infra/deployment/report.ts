import { readFile } from 'node:fs/promises';
import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { needsForwarding } from './regions.ts';
import type { StackChange } from './stack-changes.ts';

/** A stack as `nameplate deploy --json` prints it. */
export interface DeployedStack {
  name: string;
  region: string;
  outputs: Record<string, string>;
  changes?: StackChange[];
}

/** The stacks of Nameplate in a region. */
export const stacksOf = (home: string): Pick<DeployedStack, 'name' | 'region'>[] => [
  { name: 'Nameplate', region: home },
  ...(needsForwarding(home) ? [{ name: `NameplateEvents-${home}`, region: CLOUDFRONT_REGION }] : []),
];

/** The outputs by stack, in the file that `cdk deploy --outputs-file` writes once a stack was deployed. */
export async function readOutputs(file: string): Promise<Record<string, Record<string, string>>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text) as Record<string, Record<string, string>>;
}
