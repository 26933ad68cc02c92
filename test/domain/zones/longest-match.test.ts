import { expect, test } from '@jest/globals';
import { longestMatch, longestMatches } from '../../../domain/zones/longest-match.ts';

const parent = { id: 'Z1', name: 'example.test' };
const child = { id: 'Z2', name: 'shop.example.test' };

test('longestMatch() chooses the zone with the most labels', () => {
  expect(longestMatch('www.shop.example.test', [parent, child])).toBe(child);
  expect(longestMatch('shop.example.test', [child, parent])).toBe(child);
  expect(longestMatch('blog.example.test', [parent, child])).toBe(parent);
});

test('R12: "barfoo.example.test" does not match the zone "foo.example.test"', () => {
  expect(longestMatch('barfoo.example.test', [{ id: 'Z', name: 'foo.example.test' }])).toBeUndefined();
});

test('longestMatch() finds nothing among no zones', () => {
  expect(longestMatch('shop.example.test', [])).toBeUndefined();
});

test('R10: longestMatches() shows every zone of the same name', () => {
  const twin = { id: 'Z3', name: 'shop.example.test' };
  expect(longestMatches('www.shop.example.test', [parent, child, twin])).toEqual([child, twin]);
});
