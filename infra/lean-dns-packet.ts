import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** What encodes and decodes the data of records that no function reads: they ask at most whether there is one. */
const UNREAD = 'null|hinfo|option|opt|dnskey|rrsig|rp|nsec|nsec3|ds|sshfp|naptr|tlsa';

/**
 * Leaves of dns-packet what functions do with it: they encode questions and decode answers. 16 of its 24 kB encode
 * records or decode those that nothing reads; data of such a record becomes what that of an unknown type is, its bytes.
 */
export const leanDnsPacket: Plugin = {
  name: 'lean-dns-packet',
  setup({ onLoad }) {
    onLoad({ filter: /dns-packet\/index\.js$/ }, ({ path }) => ({
      loader: 'js',
      contents: readFileSync(path, 'utf8')
        // A codec and what follows it up to the next one, and the case that chooses it.
        .replace(new RegExp(`^const (?:typebitmap|r(?:${UNREAD})) = .*?(?=^const )`, 'gms'), '')
        .replace(new RegExp(`^ +case '(?:${UNREAD.toUpperCase()})': return r\\w+\\n`, 'gm'), '')
        // A record that carries EDNS options is decoded as any other that nothing reads.
        .replace("a.type === 'OPT'", 'false')
        .replace("const optioncodes = require('./optioncodes')\n", '')
        // Answers are to questions of ours, which are all of one kind.
        .replace("const opcodes = require('./opcodes')\n", '')
        .replace('    opcode: opcodes.toString((flags >> 11) & 0xf),\n', '')
        .replace(/^(?:answer|r[a-z0-9]+)\.(?:encode|encodingLength) = function .*?^\}\n/gms, '')
        .replace(/^(?:answer|r[a-z0-9]+)\.encode\.bytes = 0\n/gm, ''),
    }));
  },
};
