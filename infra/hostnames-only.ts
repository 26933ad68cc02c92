import type { Plugin } from 'esbuild';

/** Leaves out of tldts what finds the hostname in a URL: names are never URLs here, and every call says so (`extractHostname: false`). */
export const hostnamesOnly: Plugin = {
  name: 'hostnames-only',
  setup({ onLoad }) {
    onLoad({ filter: /tldts-core\/dist\/es6\/src\/extract-hostname\.js$/ }, () => ({
      loader: 'js',
      contents:
        "export const extractedHostnameValidated = false;\nexport default () => { throw new Error('Cannot read a URL: pass a hostname'); };",
    }));
  },
};
