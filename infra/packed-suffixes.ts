import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

/**
 * Puts the public suffix list into the bundle compressed, a third of what it takes as source: 124 kB, the largest single
 * thing in every function that reads names. Unpacking it takes a millisecond of a start, about what parsing it did.
 */
export const packedSuffixes: Plugin = {
  name: 'packed-suffixes',
  setup({ onLoad }) {
    onLoad({ filter: /tldts\/dist\/es6\/src\/data\/trie\.js$/ }, async ({ path }) => {
      const list = Object.entries((await import(pathToFileURL(path).href)) as Record<string, unknown>);
      const plain = list.map(([name, value]) => [name, ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value]);
      const packed = brotliCompressSync(JSON.stringify(Object.fromEntries(plain))).toString('base64');
      const exported = list.map(([name, value]) =>
        ArrayBuffer.isView(value)
          ? `export const ${name} = ${value.constructor.name}.from(unpacked.${name});`
          : `export const ${name} = unpacked.${name};`,
      );
      return { loader: 'js', contents: [...unpacking(packed), ...exported].join('\n') };
    });
  },
};

function unpacking(packed: string): string[] {
  return [
    "import { brotliDecompressSync } from 'node:zlib';",
    `const unpacked = JSON.parse(brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString());`,
  ];
}
