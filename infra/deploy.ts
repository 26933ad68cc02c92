// What `nameplate deploy` and `npm run deploy` run: looks whether the account can be deployed to, then `cdk deploy`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { shellWord } from '../domain/shell-word.ts';
import { asked, cdkArguments, isApprovable, profileIn } from './deployment/cdk-arguments.ts';
import { type DeployedStack, readOutputs, stacksOf } from './deployment/report.ts';
import { watchChanges } from './deployment/stack-changes.ts';
import { targetProblem } from './deployment/target-problem.ts';
import { USAGE } from './deployment/usage.ts';
import { root } from './paths.ts';

const { yes, bootstrap, json, help, given } = asked(process.argv.slice(2));
if (help) {
  console.log(USAGE);
  process.exit();
}
if (json && !yes) {
  console.error('Cannot ask whether to deploy, as --json is for scripts: give --yes to go on unasked');
  process.exit(2);
}
const profile = profileIn(given);
if (profile !== undefined) process.env.AWS_PROFILE = profile;
// CDK heeds it, the SDK does not.
if (process.env.AWS_DEFAULT_REGION !== undefined) process.env.AWS_REGION ??= process.env.AWS_DEFAULT_REGION;

const cdk = (words: readonly string[]): number => {
  const command = join(root, 'node_modules', '.bin', 'cdk');
  const { status, error } = spawnSync(command, words, {
    cwd: root,
    stdio: ['inherit', json ? 2 : 'inherit', 'inherit'],
  });
  if (error) throw error;
  return status ?? 1;
};

const target = {
  sts: new STSClient({}),
  ssmIn: (region?: string) => new SSMClient({ ...(region !== undefined && { region }) }),
};
/** What was typed, with more. */
const again = (...more: (string | false | undefined)[]): string =>
  ['nameplate deploy', ...more, yes && '--yes', json && '--json', ...given.map(shellWord)].filter(Boolean).join(' ');
let problem = await targetProblem(target);
if (
  !isApprovable(given, { terminal: process.stdin.isTTY === true, yes }) &&
  (!problem || (bootstrap && problem.bootstrap))
) {
  console.error(
    `Cannot ask whether to deploy: this is no terminal; give --yes to go on unasked\n\nNext: ${again(bootstrap && '--bootstrap', '--yes')}`,
  );
  process.exit(2);
}
for (const place of bootstrap ? (problem?.bootstrap ?? []) : []) {
  const status = cdk(['bootstrap', place, ...(profile === undefined ? [] : ['--profile', profile])]);
  if (status !== 0) process.exit(status);
}
if (bootstrap && problem?.bootstrap) problem = await targetProblem(target);
if (problem) {
  console.error(`${problem.message}\n\nNext: ${again((bootstrap || problem.bootstrap) && '--bootstrap')}`);
  process.exit(2);
}
const words = cdkArguments(given, { yes });
process.exitCode = json ? await deployForScripts() : cdk(words);

/** Prints what was deployed as one JSON document; what CDK says goes to stderr. */
async function deployForScripts(): Promise<number> {
  const home = await target.ssmIn().config.region();
  const watched = await Promise.all(
    stacksOf(home).map(async (stack) => {
      const changes = await watchChanges(new CloudFormationClient({ region: stack.region }), stack.name);
      return { ...stack, changes };
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'nameplate-deploy-'));
  try {
    const file = join(folder, 'outputs.json');
    const status = cdk([...words, '--outputs-file', file]);
    const outputs = await readOutputs(file);
    const stacks = watched.map(async ({ name, region, changes }): Promise<DeployedStack> => {
      const read = await changes.read().catch((error: Error) => {
        console.error(`Cannot read what changed in the stack "${name}": ${error.message}`);
        return undefined;
      });
      return { name, region, outputs: outputs[name] ?? {}, ...(read && { changes: read }) };
    });
    console.log(JSON.stringify({ deployed: status === 0, stacks: await Promise.all(stacks) }, null, 2));
    return status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
