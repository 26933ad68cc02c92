import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../support/paths.ts';

/** Fields that are words for people. */
const WORDS = 'message|why|waitingFor|detail|hint|note';

/** Comparing such a field, but for whether it is there, or looking for something in it. */
const READS = [
  new RegExp(`\\b(?:${WORDS})\\b\\s*[!=]==(?!\\s*undefined\\b)`),
  new RegExp(`[!=]==\\s*(?:\\w+\\??\\.)*(?:${WORDS})\\b(?![.(])`),
  new RegExp(`\\b(?:${WORDS})\\??\\.(?:includes|startsWith|endsWith|indexOf|match|search|split)\\(`),
  new RegExp(`\\.(?:test|exec)\\((?:\\w+\\??\\.)*(?:${WORDS})\\)`),
];

/** Lines that read words and decide nothing by them. */
const ALLOWED: Record<string, string> = {
  'domain/probes/probe-result.ts': 'says each reason once, with all addresses that it is for',
  'functions/shared/logging/step-log.ts': 'tells the timeline only what it has not told yet: new words are told',
};

test('no decision reads a sentence: what is decided by is a field of its own', () => {
  const found = globSync('{domain,aws,resources,functions}/**/*.ts', { cwd: root })
    .filter((file) => ALLOWED[file] === undefined)
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => READS.some((pattern) => pattern.test(line)))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});

/** Where requests are what is described: the API's own document, and what decides by a route. */
const OF_HTTP = ['functions/shared/api/openapi.ts', 'domain/sites/view.ts'];

test('what people are told names no HTTP request: most of them use the command or the console', () => {
  const found = globSync('{domain,aws,resources,functions}/**/*.ts', { cwd: root })
    .filter((file) => !OF_HTTP.includes(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(\/\*\*|\*|\/\/)/.test(line))
        // A route key is the whole of its string.
        .map((line) => line.replace(/'[A-Z]+ \/v1[^' ]*'/g, ''))
        .filter((line) => /\b(GET|PUT|POST|DELETE) (\/v1|…|it\b|the\b)|\bits Location\b/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});
