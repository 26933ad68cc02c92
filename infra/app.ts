// What `cdk deploy` runs: bundles the functions and writes the cloud assembly where CDK asks for it.
import { synthesize } from './synthesize.ts';

await synthesize(process.env.CDK_OUTDIR ?? 'cdk.out');
