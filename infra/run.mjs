// Runs a TypeScript file on the Node that "npm ci" brings, whichever Node runs this one: a `cdk` that is installed
// elsewhere starts its app with the PATH's Node, and any from 20 on may be there.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The first Node that runs TypeScript without a switch, and the Lambda runtime's. */
const MAJOR = 24;

const path = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const isNew = Number(process.versions.node.split('.')[0]) >= MAJOR;
const node = isNew ? process.execPath : path('node_modules/.bin/node');
const { status, error } = spawnSync(node, ['--import', path('cli/node-version.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// It isn't there: the sentence that says how to get it.
if (error) await import('../cli/node-version.mjs');
process.exitCode = status ?? 1;
