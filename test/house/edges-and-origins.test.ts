import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { EDGE_NAMES } from '../../domain/edges/edge.ts';
import { ORIGIN_KINDS } from '../../domain/origins/origin.ts';
import { root } from '../support/paths.ts';

const PRODUCT = '{domain,resources,aws,functions,infra,cli,console,workflows}/**/*.{ts,tsx,json,yaml}';

const anyOf = (words: readonly string[]) => `(?:${words.join('|')})`;
const edgeName = `['"\`]${anyOf(EDGE_NAMES)}['"\`]`;
const comparison = '(?:[!=]==?|(?<![<>])=(?!>)|\\bin\\b)';
const kind = anyOf(ORIGIN_KINDS);

/** What tells edges apart, in TypeScript and in the expressions of workflows. */
const edgeComparisons = [
  /\bedge\b\s*[!=]==?/,
  /[!=]==?\s*(?:[\w$]+\??\.)*edge\b/,
  /\bswitch \((?:[\w$]+\??\.)*edge\)/,
  /\w\[(?:[\w$]+\??\.)*edge\]/,
  new RegExp(`\\bcase ${edgeName}`),
  new RegExp(`[!=]==?\\s*${edgeName}`),
  new RegExp(`${edgeName}\\s*[!=]==?`),
  new RegExp(`\\{%.*(?:${comparison}\\s*${edgeName}|${edgeName}\\s*${comparison}).*%\\}`),
];

/** What reads a kind of origin from a site document. */
const originReads = [
  new RegExp(`\\borigin\\??\\.${kind}\\b`),
  new RegExp(`\\borigin\\b\\s*:\\s*\\{\\s*${kind}\\s*[,}]`),
  new RegExp(`\\{[^{}]*\\b${kind}\\b[^{}]*\\}\\s*=\\s*(?:[\\w$]+\\.)*origin\\b`),
  new RegExp(`['"]${kind}['"] in (?:[\\w$]+\\.)*origin\\b`),
];

/** The lines outside of a folder that match, with the sentence of the rule. */
function broken(patterns: readonly RegExp[], { allowedIn, because }: { allowedIn: string; because: string }): string[] {
  const files = globSync(PRODUCT, { cwd: root }).filter((file) => !file.startsWith(allowedIn));
  expect(files.length).toBeGreaterThan(300);
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        patterns.some((pattern) => pattern.test(line)) ? [`${file}:${at + 1} "${line.trim()}": ${because}`] : [],
      ),
  );
}

test('no code outside of domain/edges/ compares edges', () => {
  const because = 'an edge is a value of domain/edges/: add a fact to it and read that, instead of comparing its name';
  expect(broken(edgeComparisons, { allowedIn: 'domain/edges/', because })).toEqual([]);
});

test('no code outside of domain/origins/ reads the kind of an origin', () => {
  const because =
    'an origin is a value of domain/origins/: ask originOf(), or instanceOf() for what only EC2 instances have';
  expect(broken(originReads, { allowedIn: 'domain/origins/', because })).toEqual([]);
});

test.each([
  [edgeComparisons, "if (site.edge === 'direct') return;", true],
  [edgeComparisons, 'switch (site.edge) {', true],
  [edgeComparisons, "  case 'load-balancer':", true],
  [edgeComparisons, 'const port = PORTS[site.edge];', true],
  [edgeComparisons, `"Condition": "{% $edge = 'direct' %}"`, true],
  [edgeComparisons, 'const edge = edgeOf(site);', false],
  [edgeComparisons, 'if (edge?.certificate !== undefined) return;', false],
  [edgeComparisons, "  edge: 'load-balancer',", false],
  [originReads, 'const { id } = site.origin.instance;', true],
  [originReads, 'const { instance: wanted } = site.origin;', true],
  [originReads, 'function kept({ origin: { instance } }: Site) {', true],
  [originReads, 'origin: { instance: { id: INSTANCE } },', false],
  [originReads, 'const { id } = instanceOf(site);', false],
])('the rules above know a comparison when they see one: %#', (patterns, line, isFound) => {
  expect(patterns.some((pattern) => pattern.test(line))).toBe(isFound);
});
