// What `npm run deploy` runs: looks whether the account can be deployed to, then `cdk deploy`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { cdkArguments, profileIn } from './deployment/cdk-arguments.ts';
import { targetProblem } from './deployment/target-problem.ts';
import { root } from './paths.ts';

const given = process.argv.slice(2);
const profile = profileIn(given);
if (profile !== undefined) process.env.AWS_PROFILE = profile;
// CDK heeds it, the SDK does not.
if (process.env.AWS_DEFAULT_REGION !== undefined) process.env.AWS_REGION ??= process.env.AWS_DEFAULT_REGION;

const problem = await targetProblem({
  sts: new STSClient({}),
  ssmIn: (region) => new SSMClient({ ...(region !== undefined && { region }) }),
});
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
const words = cdkArguments(given, { terminal: process.stdin.isTTY === true });
const { status, error } = spawnSync(join(root, 'node_modules', '.bin', 'cdk'), words, { cwd: root, stdio: 'inherit' });
if (error) throw error;
process.exitCode = status ?? 1;
