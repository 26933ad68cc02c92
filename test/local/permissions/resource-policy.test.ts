import { describe, expect, test } from '@jest/globals';
import type { PolicyStatement } from '../../../local/permissions/policy.ts';
import { evaluateResourcePolicy } from '../../../local/permissions/resource-policy.ts';
import type { Principal } from '../../../local/wire/service.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const RULE = 'arn:aws:events:us-east-1:123456789012:rule/r';
const events: Principal = { arn: 'events.amazonaws.com', service: 'events.amazonaws.com' };
const role: Principal = {
  arn: 'arn:aws:sts::123456789012:assumed-role/R/s',
  roleArn: 'arn:aws:iam::123456789012:role/R',
};

function says(statement: Partial<PolicyStatement>, principal = events, conditions: Record<string, string[]> = {}) {
  const policy = {
    Statement: {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: FUNCTION,
      ...statement,
    } as PolicyStatement,
  };
  return evaluateResourcePolicy(policy, { principal, action: 'lambda:InvokeFunction', resource: FUNCTION, conditions });
}

test('no policy allows nothing', () => {
  expect(evaluateResourcePolicy(undefined, { principal: events, action: 'sns:Publish', resource: '*' })).toBe(
    'implicitDeny',
  );
});

describe('services', () => {
  test('are named by Service, alone or among others', () => {
    expect(says({ Principal: { Service: 'events.amazonaws.com' } })).toBe('allow');
    expect(says({ Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } })).toBe('allow');
    expect(says({ Principal: { Service: 'sns.amazonaws.com' } })).toBe('implicitDeny');
    expect(says({ Principal: { AWS: '*' } })).toBe('implicitDeny');
    expect(says({ Principal: '*' })).toBe('allow');
  });

  test('are held to the source that the policy names', () => {
    const statement: Partial<PolicyStatement> = {
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnLike: { 'AWS:SourceArn': RULE } },
    };
    expect(says(statement, events, { 'aws:SourceArn': [RULE] })).toBe('allow');
    expect(says(statement, events, { 'aws:SourceArn': [`${RULE}2`] })).toBe('implicitDeny');
    expect(says(statement)).toBe('implicitDeny');
  });

  test('are denied explicitly', () => {
    expect(says({ Effect: 'Deny', Principal: '*' })).toBe('explicitDeny');
  });
});

describe('roles', () => {
  test.each([
    ['*', 'allow'],
    ['123456789012', 'allow'],
    ['arn:aws:iam::123456789012:root', 'allow'],
    ['arn:aws:iam::123456789012:role/R', 'allow'],
    ['arn:aws:sts::123456789012:assumed-role/R/s', 'allow'],
    ['arn:aws:iam::123456789012:role/Other', 'implicitDeny'],
    ['999999999999', 'implicitDeny'],
  ])('named by "%s": %s', (AWS, expected) => {
    expect(says({ Principal: { AWS } }, role)).toBe(expected);
  });

  test('NotPrincipal names everybody else', () => {
    const NotPrincipal = { AWS: 'arn:aws:iam::123456789012:role/R' };
    expect(says({ NotPrincipal }, role)).toBe('implicitDeny');
    expect(says({ NotPrincipal }, { ...role, roleArn: 'arn:aws:iam::123456789012:role/Q' })).toBe('allow');
  });
});
