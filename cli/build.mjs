// Builds the console and the `nameplate` command. The command is one file that any Node from 20 on runs as it lies, with all
// that it imports but what is loaded from the checkout. "npm ci" runs it ("prepare"). The folder is a package of its own
// without dependencies: "npm install --global ./dist", "npm pack ./dist".
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [out = join(root, 'dist')] = process.argv.slice(2);

const esbuild = await import('esbuild').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  // "npm ci --omit=dev": who leaves out what builds it has no use for it.
  console.error('The nameplate command is not built: esbuild was left out');
});
if (esbuild) {
  const { version, description, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(out, 'nameplate.js');
  await esbuild.build({
    entryPoints: [join(root, 'cli', 'nameplate.ts')],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    // CommonJS loads faster than ESM, and has `require` for the packages that want it.
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'importMetaUrl', 'process.env.NAMEPLATE_VERSION': JSON.stringify(version) },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  chmodSync(file, 0o755);
  await esbuild.build({
    entryPoints: { app: join(root, 'console', 'main.tsx') },
    outdir: join(out, 'console'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  await esbuild.build({
    entryPoints: { app: join(root, 'console', 'style.css') },
    outdir: join(out, 'console'),
    bundle: true,
    minify: true,
    // Schemes are told apart by light-dark(): rewritten for older browsers, it would be twice as long.
    target: 'es2022',
    logLevel: 'warning',
  });
  copyFileSync(join(root, 'console', 'index.html'), join(out, 'console', 'index.html'));
  const manifest = { name: 'nameplate', version, description, license, engines, bin: 'nameplate.js', type: 'commonjs' };
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  // npm links the commands of dependencies there, and not the package's own.
  const link = join(out, '..', 'node_modules', '.bin', 'nameplate');
  if (existsSync(join(link, '..')) && process.platform !== 'win32') {
    rmSync(link, { force: true });
    symlinkSync('../../dist/nameplate.js', link);
  }
}
