// What `cdk deploy` runs: bundles the functions and writes the cloud assembly where CDK asks for it.
import { regionProblem } from './deployment/partition.ts';
import { synthesize } from './synthesize.ts';

// CDK says where it is going to deploy to, when it knows.
const home = process.env.CDK_DEFAULT_REGION;
const problem = regionProblem(home);
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
await synthesize(process.env.CDK_OUTDIR ?? 'cdk.out', { home });
