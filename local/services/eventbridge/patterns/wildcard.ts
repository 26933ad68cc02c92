import { invalidPattern } from './invalid-pattern.ts';

/**
 * So many wildcards before the same character are refused. AWS says that a pattern can be too complex and not when: this is the example that
 * its guide and recordings have, "*:*:*:*:*:event-bus/*". Checked 2026-12-01.
 */
const TOO_COMPLEX = 5;

/** How often wildcards stand before one and the same character. */
function repeats(pattern: string): number {
  const following = [...pattern.matchAll(/(?<!\\)\*([\s\S])/g)].map(([, character]) => character);
  return Math.max(0, ...following.map((one) => following.filter((other) => other === one).length));
}

/** "a*b" as a test for text: "*" stands for any text, "\*" and "\\" for themselves. */
export function wildcard(pattern: string): (text: string) => boolean {
  const doubled = /(?<!\\)\*\*/.exec(pattern);
  if (doubled) throw invalidPattern(`Consecutive wildcard characters at pos ${doubled.index + 1}`);
  if (repeats(pattern) >= TOO_COMPLEX) {
    throw invalidPattern(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
  }
  const source = pattern.replace(/\\[\\*]|[\s\S]/g, (part) => {
    if (part === '*') return '[\\s\\S]*';
    return (part.length > 1 ? part.slice(1) : part).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  });
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
