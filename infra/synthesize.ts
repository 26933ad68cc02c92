import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunctions } from './bundle.ts';
import { needsForwarding } from './deployment/regions.ts';
import { ForwardingStack } from './forwarding-stack.ts';
import { root } from './paths.ts';
import { NameplateStack } from './stack.ts';

/** The feature flags of cdk.json: an assembly made in process must be the one that `cdk deploy` would make. */
export const context = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context as Record<string, unknown>;

interface Synthesis {
  /** The region that it is deployed to, where that is known. */
  home?: string | undefined;
  outdir?: string;
  /** False leaves out what costs half of the synthesis and changes nothing in the template: its checks. Default true. */
  checked?: boolean;
}

/** The CDK app with Nameplate's stack in it, its functions already bundled in `functions`; and the one in CloudFront's region. */
export function nameplateApp({ functions, outdir, home, checked = true }: Synthesis & { functions: string }): App {
  const app = new App({ context: context(), builtinCloudFormationValidation: checked, ...(outdir && { outdir }) });
  // CloudFormation takes 1 MB, a fifth of which would be spaces.
  new NameplateStack(app, 'Nameplate', { functions, suppressTemplateIndentation: true });
  if (home !== undefined && needsForwarding(home)) new ForwardingStack(app, { home });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/**
 * Bundles the functions and writes the cloud assembly to `outdir`. Needs no account, network or Docker. One that is to be deployed is
 * checked, and has the source maps to read its stack traces by.
 */
export async function synthesize(
  outdir: string,
  { home, checked = true }: Omit<Synthesis, 'outdir'> = {},
): Promise<void> {
  // A folder for this one assembly: of two processes that bundle at once, neither reads what the other half wrote.
  const functions = join(root, '.cache', `functions.${process.pid}`);
  await bundleFunctions(functions, { maps: checked });
  nameplateApp({ functions, outdir, home, checked }).synth();
  keepLast(functions, join(root, '.cache', 'functions'));
}

/** Puts a folder in the place of the last one; when another process is faster, its is the same. */
function keepLast(folder: string, place: string): void {
  rmSync(place, { recursive: true, force: true });
  try {
    renameSync(folder, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    rmSync(folder, { recursive: true });
  }
}
