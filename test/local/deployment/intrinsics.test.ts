import { describe, expect, test } from '@jest/globals';
import { references, resolve, type Scope } from '../../../local/deployment/intrinsics.ts';

const scope: Scope = {
  ref: (name) => ({ 'AWS::Region': 'us-east-1', Topic: 'arn:aws:sns:us-east-1:1:t' })[name] ?? `no ${name}`,
  getAtt: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === 'Yes',
  mapping: (map, first, second) => `${map}.${first}.${second}`,
};

describe('resolve()', () => {
  test.each([
    ['Ref', { Ref: 'Topic' }, 'arn:aws:sns:us-east-1:1:t'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'Role/Arn'],
    ['Fn::GetAtt as a text, with a nested attribute', { 'Fn::GetAtt': 'Db.Endpoint.Port' }, 'Db/Endpoint.Port'],
    ['Fn::Sub', { 'Fn::Sub': 'in ${AWS::Region}: ${Role.Arn} ${!Kept}' }, 'in us-east-1: Role/Arn ${Kept}'],
    [
      'Fn::Sub with values of its own',
      { 'Fn::Sub': ['${a}-${AWS::Region}', { a: { Ref: 'Topic' } }] },
      'arn:aws:sns:us-east-1:1:t-us-east-1',
    ],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-us-east-1'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['Yes', 'then', { Ref: 'Missing' }] }, 'then'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['m', { Ref: 'AWS::Region' }, 'x'] }, 'm.us-east-1.x'],
    [
      'the logical functions',
      { 'Fn::And': [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, { Condition: 'Yes' }] },
      true,
    ],
  ])('carries out %s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test('leaves out what is AWS::NoValue, in lists and in objects', () => {
    const absent = { Ref: 'AWS::NoValue' };
    expect(resolve({ kept: 1, gone: absent, list: [absent, 2] }, scope)).toEqual({ kept: 1, list: [2] });
  });

  test("takes an IAM statement's Condition for what it is", () => {
    const statement = { Condition: { StringEquals: { 'aws:SourceArn': { Ref: 'Topic' } } } };
    expect(resolve(statement, scope)).toEqual({
      Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:t' } },
    });
  });

  test('refuses a function it does not know', () => {
    expect(() => resolve({ 'Fn::Transform': {} }, scope)).toThrow('"Fn::Transform" is not supported');
  });
});

test('references() finds what Ref, Fn::GetAtt and Fn::Sub name, however deep', () => {
  const value = {
    a: [{ Ref: 'One' }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Two', 'Arn'] }]] }],
    b: { 'Fn::Sub': '${Three.Arn} ${!Not}' },
  };
  expect([...references(value)].sort()).toEqual(['One', 'Three', 'Two']);
});
