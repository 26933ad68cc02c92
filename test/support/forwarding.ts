import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ForwardingStack } from '../../infra/forwarding-stack.ts';
import { context } from '../../infra/synthesize.ts';
import type { Nameplate } from './nameplate.ts';

/** Deploys what `npm run deploy` deploys beside Nameplate's own stack, outside of CloudFront's region. */
export async function deployForwarding({ aws }: Nameplate): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nameplate-forwarding-'));
  try {
    const app = new App({ context: context(), outdir: folder });
    new ForwardingStack(app, { home: aws.region });
    app.synth();
    await aws.deploy(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
