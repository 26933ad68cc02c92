import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * Lets esbuild drop the operations of SDK clients that a function doesn't use.
 *
 * The clients' schemas name some members by constants (`[_eQN]: "Reservations"`). esbuild must take a computed key for
 * something with side effects, so it keeps them all, 550 kB in EC2's case; with the constants written in they shake off.
 */
export const literalKeys: Plugin = {
  name: 'literal-keys',
  setup({ onLoad }) {
    onLoad({ filter: /client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const constants = new Map(
        [...source.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name = '', text = '']) => [name, text]),
      );
      const contents = source.replace(/\[(_\w+)\]:/g, (key, name: string) =>
        constants.has(name) ? `${constants.get(name)}:` : key,
      );
      return { loader: 'js', contents };
    });
  },
};
