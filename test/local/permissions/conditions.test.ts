// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like this
import { describe, expect, test } from '@jest/globals';
import { conditionsMet, isOperator } from '../../../local/permissions/conditions.ts';
import { type ConditionBlock, contextOf } from '../../../local/permissions/policy.ts';

const met = (block: ConditionBlock, keys: Record<string, string[]> = {}): boolean =>
  conditionsMet(block, contextOf(keys));

test('no condition is met', () => {
  expect(conditionsMet(undefined, contextOf({}))).toBe(true);
});

describe('operators', () => {
  test.each<[operator: string, wanted: string, given: string, expected: boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a', 'A', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringEqualsIgnoreCase', 'a', 'A', true],
    ['StringNotEqualsIgnoreCase', 'a', 'A', false],
    ['StringLike', 'a*', 'abc', true],
    ['StringLike', 'a?', 'abc', false],
    ['StringLike', '*.example.test', 'shop.example.test', true],
    ['StringNotLike', '*.example.test', 'shop.example.test', false],
    ['NumericEquals', '7', '7.0', true],
    ['NumericNotEquals', '7', '8', true],
    ['NumericLessThan', '7', '7', false],
    ['NumericLessThanEquals', '7', '7', true],
    ['NumericGreaterThan', '7', '8', true],
    ['NumericGreaterThanEquals', '7', '6', false],
    ['DateLessThan', '2026-12-01T00:00:00Z', '2026-11-22T12:00:00Z', true],
    ['DateGreaterThan', '2026-12-01T00:00:00Z', '2026-11-22T12:00:00Z', false],
    ['DateEquals', '1795348800', '2026-11-22T12:00:00Z', true],
    ['Bool', 'true', 'true', true],
    ['Bool', 'false', 'true', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
    ['IpAddress', '203.0.113.9', '203.0.113.9', true],
    ['IpAddress', '2001:db8::/32', '2001:db8::1', true],
    ['IpAddress', '203.0.113.0/24', '2001:db8::1', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['ArnLike', 'arn:aws:sns:*:123456789012:*', 'arn:aws:sns:us-east-1:123456789012:topic', true],
    ['ArnLike', 'arn:aws:sns:*', 'arn:aws:sns:us-east-1:123456789012:topic', false],
    ['ArnEquals', 'arn:aws:events:*:*:rule/bus/*', 'arn:aws:events:us-east-1:123456789012:rule/bus/x', true],
    ['ArnNotLike', 'arn:aws:sns:*:*:*', 'arn:aws:sqs:us-east-1:123456789012:q', true],
  ])('%s "%s" of "%s" is %s', (operator, wanted, given, expected) => {
    expect(met({ [operator]: { 'aws:Key': wanted } }, { 'aws:Key': [given] })).toBe(expected);
  });

  test('keys are compared without case', () => {
    expect(
      met({ StringEquals: { 'AWS:requestedregion': 'us-east-1' } }, { 'aws:RequestedRegion': ['us-east-1'] }),
    ).toBe(true);
  });

  test('values that are not strings are compared as written', () => {
    expect(met({ Bool: { 'aws:SecureTransport': true } }, { 'aws:SecureTransport': ['true'] })).toBe(true);
    expect(met({ NumericLessThan: { 'x:y': 10 } }, { 'x:y': ['9'] })).toBe(true);
  });

  test('variables stand for values of the request', () => {
    const keys = { 'aws:PrincipalAccount': ['1'], 'aws:SourceAccount': ['1'] };
    expect(met({ StringEquals: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } }, keys)).toBe(true);
  });

  test('only known operators are operators', () => {
    expect(isOperator('ForAllValues:StringLikeIfExists')).toBe(true);
    expect(isOperator('Null')).toBe(true);
    expect(isOperator('StringMatches')).toBe(false);
    expect(isOperator('constructor')).toBe(false);
    expect(() => met({ StringMatches: { a: 'b' } }, { a: ['b'] })).toThrow('StringMatches');
  });
});

describe('several', () => {
  test('all operators and all keys must be met, one value of each is enough', () => {
    const block = { StringEquals: { a: ['1', '2'], b: '3' }, Bool: { c: 'true' } };
    expect(met(block, { a: ['2'], b: ['3'], c: ['true'] })).toBe(true);
    expect(met(block, { a: ['2'], b: ['4'], c: ['true'] })).toBe(false);
    expect(met(block, { a: ['2'], b: ['3'], c: ['false'] })).toBe(false);
  });

  test('a negated operator wants none of its values', () => {
    expect(met({ StringNotEquals: { a: ['1', '2'] } }, { a: ['2'] })).toBe(false);
    expect(met({ StringNotEquals: { a: ['1', '2'] } }, { a: ['3'] })).toBe(true);
  });
});

describe('absent keys', () => {
  test('meet negated operators and nothing else', () => {
    expect(met({ StringEquals: { a: '1' } })).toBe(false);
    expect(met({ StringNotEquals: { a: '1' } })).toBe(true);
  });

  test('meet ...IfExists', () => {
    expect(met({ StringEqualsIfExists: { a: '1' } })).toBe(true);
    expect(met({ StringEqualsIfExists: { a: '1' } }, { a: ['2'] })).toBe(false);
  });

  test('are asked for by Null', () => {
    expect(met({ Null: { a: 'true' } })).toBe(true);
    expect(met({ Null: { a: 'false' } })).toBe(false);
    expect(met({ Null: { a: false } }, { a: ['1'] })).toBe(true);
  });

  test('meet ForAllValues and not ForAnyValue', () => {
    expect(met({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['x'] } })).toBe(true);
    expect(met({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['x'] } })).toBe(false);
  });
});

describe('keys of several values', () => {
  test('ForAllValues wants every one among the wanted', () => {
    const block = { 'ForAllValues:StringLike': { 'acm:DomainNames': ['*.example.test', 'example.test'] } };
    expect(met(block, { 'acm:DomainNames': ['example.test', 'www.example.test'] })).toBe(true);
    expect(met(block, { 'acm:DomainNames': ['example.test', 'evil.test'] })).toBe(false);
  });

  test('ForAnyValue wants one of them', () => {
    const block = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['nameplate:site'] } };
    expect(met(block, { 'aws:TagKeys': ['other', 'nameplate:site'] })).toBe(true);
    expect(met(block, { 'aws:TagKeys': ['other'] })).toBe(false);
  });

  test('ForAnyValue with a negated operator wants one that is not wanted', () => {
    const block = { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } };
    expect(met(block, { 'aws:TagKeys': ['a', 'b'] })).toBe(true);
    expect(met(block, { 'aws:TagKeys': ['a'] })).toBe(false);
  });
});
