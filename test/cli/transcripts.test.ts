import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MAC_KEY, typedKit } from '../domain/server-kit/a-kit.ts';
import { BuiltCommand } from '../support/built-command.ts';
import { Terminal } from '../support/terminal.ts';
import { Transcripts } from '../support/transcripts.ts';

const transcripts = new Transcripts(
  'by-itself.md',
  `# What asks no API

What the commands print in a pipe that need neither a stack nor a local AWS: from a run of \`test/cli/transcripts.test.ts\`, in a folder of its
own and without any AWS configuration.`,
);

let nameplate: BuiltCommand;
let env: Record<string, string>;
beforeAll(() => {
  nameplate = BuiltCommand.inCheckout();
  // By its name, as a shell finds it.
  symlinkSync(nameplate.file, join(nameplate.folder, 'nameplate'));
  env = {
    PATH: [nameplate.folder, dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: nameplate.folder,
    // On an EC2 instance it would give credentials; elsewhere a second goes by until nothing has answered.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
});
afterAll(() => nameplate.remove());

/** What came of a line that was typed into a shell. */
function typed(line: string, more: Record<string, string> = {}): { code: number; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: nameplate.folder,
    env: { ...env, ...more },
    encoding: 'utf8',
  });
  const ran = { code: status ?? -1, stdout, stderr };
  transcripts.typed(line, ran);
  return ran;
}

test('usage is shown by example, in full, and beside a word that is none', () => {
  transcripts.says('## Usage');
  expect(typed('nameplate').code).toBe(0);
  expect(typed('nameplate --help').code).toBe(0);
  expect(typed('nameplate lst').code).toBe(2);
});

test('the schema is printed for editors, and init writes it beside a document that names it', () => {
  transcripts.says(`## The schema of site documents

\`nameplate init\` writes it beside a document, whose \`$schema\` leads editors to it; \`nameplate schema > FILE\` writes it where a document of
yours is.`);
  expect(typed('nameplate schema | head -n 21').stdout).toContain('"$schema": {');
  typed('nameplate init shop.json --domain shop.example.com --server 203.0.113.9 --edge direct');
  expect(typed('head -n 3 shop.json').stdout).toContain('"$schema": "./nameplate.schema.json"');
});

test('the completion of a shell is printed, and completes', async () => {
  transcripts.says(`## Completion

What makes a shell complete words; the last is bash on a terminal.`);
  expect(typed('nameplate completion bash').stdout).toMatch(/\n# source <\(nameplate completion bash\)/);
  expect(typed('nameplate completion zsh').stdout).toMatch(/\n# source <\(nameplate completion zsh\)/);

  const terminal = new Terminal(['bash', '--norc', '--noprofile'], {
    cwd: nameplate.folder,
    env: { ...env, PS1: '$ ', TERM: 'dumb', INPUTRC: '/dev/null' },
  });
  await terminal.sees('$ ');
  terminal.type('source <(nameplate completion bash)\n');
  await terminal.sees('bash)\r\n$ ');
  terminal.type('nameplate maintenance \t\t');
  await terminal.sees('\r\n$ nameplate maintenance');
  terminal.type('dr\t');
  await terminal.sees('drill ');
  terminal.type('--help\n');
  await terminal.sees('\r\n$ ');
  terminal.type('exit\n');
  const { lines } = await terminal.ended();
  const asked = lines.findIndex((line) => line.startsWith('$ nameplate maintenance'));
  const [choices = '', completed] = lines.slice(asked + 1);
  expect(completed).toBe('$ nameplate maintenance drill --help');
  transcripts.typed('nameplate maintenance [Tab][Tab]', { code: 0, stdout: `${choices.trimEnd()}\n`, stderr: '' });
});

test('a server kit says what is missing, and which files it has; no secret is shown', () => {
  transcripts.says(`## HTTPS for a server of your own

First without the credentials of the ACME endpoint, then with all of \`ACME_DIRECTORY\`, \`ACME_EAB_KID\` and \`ACME_EAB_HMAC_KEY\`.`);
  const line = 'nameplate server-kit shop.example.com --out kit';
  expect(typed(line).code).toBe(2);
  const { acmeDirectory = '', eabKeyId = '' } = typedKit();
  const acme = { ACME_DIRECTORY: acmeDirectory, ACME_EAB_KID: eabKeyId, ACME_EAB_HMAC_KEY: MAC_KEY };
  const written = typed(`${line} --alias www.shop.example.com`, acme);
  expect(written).toMatchObject({ code: 0, stderr: '' });
  expect(written.stdout).not.toContain(MAC_KEY);
});

test('a deployment says how it is used, and is refused without a region and without credentials', () => {
  transcripts.says(`## Deploying

Nothing is deployed here: there is no account. [On AWS](on-aws.md#deploying) there is one that CDK was not bootstrapped in.`);
  const help = typed('nameplate deploy --help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout.split('\n').filter((line) => line.length > 60)).toEqual([]);
  expect(typed('nameplate deploy')).toMatchObject({ code: 2, stdout: '' });
  expect(typed('AWS_REGION=eu-central-1 nameplate deploy')).toMatchObject({ code: 2, stdout: '' });
});

test('docs/transcripts/by-itself.md shows what the commands print: UPDATE_TRANSCRIPTS=1 writes it anew', () => {
  const { written, heard } = transcripts.compared();
  expect(written).toEqual(heard);
});
