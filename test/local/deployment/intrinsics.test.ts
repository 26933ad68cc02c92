import { describe, expect, test } from '@jest/globals';
import { type Lookup, noValue, resolve } from '../../../local/deployment/intrinsics.ts';
import { referencesIn } from '../../../local/deployment/references.ts';

const lookup: Lookup = {
  ref: (name) =>
    ({ 'AWS::Region': 'us-east-1', 'AWS::NoValue': noValue, Topic: 'arn:aws:sns:us-east-1:1:t', List: ['a', 'b'] })[
      name
    ],
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === 'Yes',
  mapping: (map, first, second) => `${map}.${first}.${second}`,
  exported: (name) => `exported ${name}`,
  zones: (region) => [`${region}a`, `${region}b`],
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
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-us-east-1-1'],
    ['Fn::Join of a list that is referred to', { 'Fn::Join': [',', { Ref: 'List' }] }, 'a,b'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    ['Fn::If, without looking at the other branch', { 'Fn::If': ['Yes', 'then', { 'Fn::Gone': [] }] }, 'then'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['m', { Ref: 'AWS::Region' }, 'x'] }, 'm.us-east-1.x'],
    ['Fn::Or', { 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'a'] }] }, true],
    [
      'Fn::And, Fn::Not and Fn::Equals',
      { 'Fn::And': [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, { Condition: 'Yes' }] },
      true,
    ],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-bus' } }, 'exported us-east-1-bus'],
    ['Fn::Base64', { 'Fn::Base64': 'text' }, 'dGV4dA=='],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b']],
  ])('carries out %s', (_, value, expected) => {
    expect(resolve(value, lookup)).toEqual(expected);
  });

  test('leaves out what is AWS::NoValue, in lists and in objects', () => {
    const absent = { Ref: 'AWS::NoValue' };
    expect(resolve({ kept: 1, gone: absent, list: [absent, 2] }, lookup)).toEqual({ kept: 1, list: [2] });
  });

  test("takes an IAM statement's Condition for what it is", () => {
    const statement = { Condition: { StringEquals: { 'aws:SourceArn': { Ref: 'Topic' } } } };
    expect(resolve(statement, lookup)).toEqual({
      Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:t' } },
    });
  });

  test.each([
    ['a function that is not here', { 'Fn::Cidr': [] }, 'Fn::Cidr is not part of the local AWS'],
    [
      'a dynamic reference',
      { Value: '{{resolve:ssm:/name}}' },
      'the dynamic reference "{{resolve:ssm:/name}}" is not part of the local AWS',
    ],
    ['a join of what is no text', { 'Fn::Join': ['', [{}]] }, 'Fn::Join needs a text, not {}'],
    ['a selection beyond the list', { 'Fn::Select': [5, ['a']] }, 'Fn::Select finds no item 5'],
  ])('refuses %s', (_, value, sentence) => {
    expect(() => resolve(value, lookup)).toThrow(sentence);
  });
});

test('referencesIn() finds what Ref, Fn::GetAtt, Fn::Sub and conditions name, however deep', () => {
  const found = referencesIn({
    a: [{ Ref: 'One' }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Two', 'Arn'] }]] }],
    b: { 'Fn::Sub': '${Three.Arn} ${!Not} ${AWS::Region}' },
    c: { 'Fn::If': ['Yes', { Ref: 'Four' }, { 'Fn::Sub': ['${own}${Five}', { own: { 'Fn::GetAtt': 'Six.Arn' } }] }] },
  });
  expect([...found.ids].sort()).toEqual(['AWS::Region', 'Five', 'Four', 'One', 'Six', 'Three', 'Two']);
  expect([...found.conditions]).toEqual(['Yes']);
});
