import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

/**
 * Puts the public suffix list into the bundle compressed, a third of what it takes as source: 124 kB, the largest single
 * thing in every function that reads names. Unpacking it takes a millisecond of a start, about what parsing it did.
 */
export const packedSuffixes: Plugin = {
  name: 'packed-suffixes',
  setup({ onLoad, onResolve, resolve }) {
    // The package does not say that loading it does nothing else, so it stayed in functions that drop all that reads it.
    onResolve({ filter: /^tldts$|\/suffix-trie$|\/data\/trie$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === RESOLVING) return undefined;
      return { ...(await resolve(path, { ...from, pluginData: RESOLVING })), sideEffects: false };
    });
    onLoad({ filter: /tldts\/dist\/es6\/src\/data\/trie\.js$/ }, async ({ path }) => {
      const list = Object.entries((await import(pathToFileURL(path).href)) as Record<string, unknown>);
      const plain = list.map(([name, value]) => [name, ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value]);
      const packed = brotliCompressSync(JSON.stringify(Object.fromEntries(plain)));
      const exported = list.map(([name, value]) =>
        ArrayBuffer.isView(value)
          ? `export const ${name} = ${value.constructor.name}.from(unpacked.${name});`
          : `export const ${name} = unpacked.${name};`,
      );
      return { loader: 'js', contents: [...unpacking(packed), ...exported].join('\n') };
    });
  },
};

const RESOLVING = Symbol('resolving');

/** Z85 (ZeroMQ RFC 32): five characters for four bytes, where Base64 takes five and a third. None needs an escape in a string. */
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

function encoded(bytes: Buffer): string {
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  let text = '';
  for (let at = 0; at < padded.length; at += 4) {
    const value = padded.readUInt32BE(at);
    for (let power = 4; power >= 0; power -= 1) text += ALPHABET[Math.floor(value / 85 ** power) % 85];
  }
  return text;
}

function unpacking(packed: Buffer): string[] {
  return [
    "import { brotliDecompressSync } from 'node:zlib';",
    `const values = new Map([...'${ALPHABET}'].map((letter, value) => [letter, value]));`,
    'function decoded(text, length) {',
    '  const bytes = Buffer.alloc((text.length / 5) * 4);',
    '  for (let at = 0; at < text.length; at += 5) {',
    '    let value = 0;',
    '    for (const letter of text.slice(at, at + 5)) value = value * 85 + values.get(letter);',
    '    bytes.writeUInt32BE(value, (at / 5) * 4);',
    '  }',
    '  return bytes.subarray(0, length);',
    '}',
    `const unpacked = JSON.parse(brotliDecompressSync(decoded('${encoded(packed)}', ${packed.length})).toString());`,
  ];
}
