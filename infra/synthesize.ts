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
}

/** The CDK app with Nameplate's stack in it, its functions already bundled in `functions`; and the one in CloudFront's region. */
export function nameplateApp({ functions, outdir, home }: Synthesis & { functions: string }): App {
  const app = new App({ context: context(), ...(outdir && { outdir }) });
  new NameplateStack(app, 'Nameplate', { functions });
  if (home !== undefined && needsForwarding(home)) new ForwardingStack(app, { home });
  return app;
}

/** Bundles the functions and writes the cloud assembly to `outdir`. Needs no account, network or Docker. */
export async function synthesize(outdir: string, { home }: Pick<Synthesis, 'home'> = {}): Promise<void> {
  // A folder for this one assembly: of two processes that bundle at once, neither reads what the other half wrote.
  const functions = join(root, '.cache', `functions.${process.pid}`);
  await bundleFunctions(functions);
  const app = nameplateApp({ functions, outdir, home });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
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
