import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Runs before every npm script. The scripts run on the Lambda runtime's own Node, which "npm ci" brings along as the
// package of this platform (an optional dependency each, held to the lock file's digest, no install script); where it was
// left out or there is none, npm takes the PATH's Node without a word.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  const { platform, arch } = process;
  const brought = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'].includes(
    `${platform}-${arch}`,
  );
  console.error(
    `Cannot run on Node ${process.versions.node}: Nameplate needs Node 24. ` +
      (brought
        ? '"npm ci" brings it along and has left it out: run "npm ci" again without --omit=optional'
        : `No package brings it for ${platform}-${arch}: install Node 24 yourself`),
  );
  process.exit(1);
}

// What Node makes of sources, kept for the next start: a third of what booting the local AWS costs. Node itself refuses what does
// not fit the source. Processes that this one starts take part.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../.cache/compiled', import.meta.url));
module.enableCompileCache();
