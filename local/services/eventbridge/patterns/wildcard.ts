import { invalidPattern } from './invalid-pattern.ts';

/** "a*b" as a test for text: "*" stands for any text, "\*" and "\\" for themselves. */
export function wildcard(pattern: string): (text: string) => boolean {
  const doubled = /(?<!\\)\*\*/.exec(pattern);
  if (doubled) throw invalidPattern(`Consecutive wildcard characters at pos ${doubled.index + 1}`);
  const source = pattern.replace(/\\[\\*]|[\s\S]/g, (part) => {
    if (part === '*') return '[\\s\\S]*';
    return (part.length > 1 ? part.slice(1) : part).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  });
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
