// What `nameplate deploy` and `npm run deploy` run: looks whether the account can be deployed to, then `cdk deploy`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { asked, cdkArguments, profileIn } from './deployment/cdk-arguments.ts';
import { targetProblem } from './deployment/target-problem.ts';
import { root } from './paths.ts';

const { yes, bootstrap, given } = asked(process.argv.slice(2));
const profile = profileIn(given);
if (profile !== undefined) process.env.AWS_PROFILE = profile;
// CDK heeds it, the SDK does not.
if (process.env.AWS_DEFAULT_REGION !== undefined) process.env.AWS_REGION ??= process.env.AWS_DEFAULT_REGION;

const cdk = (words: readonly string[]): number => {
  const command = join(root, 'node_modules', '.bin', 'cdk');
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
};

const target = {
  sts: new STSClient({}),
  ssmIn: (region?: string) => new SSMClient({ ...(region !== undefined && { region }) }),
};
let problem = await targetProblem(target);
for (const place of bootstrap ? (problem?.bootstrap ?? []) : []) {
  const status = cdk(['bootstrap', place, ...(profile === undefined ? [] : ['--profile', profile])]);
  if (status !== 0) process.exit(status);
}
if (bootstrap && problem?.bootstrap) problem = await targetProblem(target);
if (problem) {
  console.error(problem.message);
  process.exit(1);
}
process.exitCode = cdk(cdkArguments(given, { terminal: process.stdin.isTTY === true, yes }));
