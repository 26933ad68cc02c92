// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like this
import { describe, expect, test } from '@jest/globals';
import { contextOf, type PolicyStatement } from '../../../local/permissions/policy.ts';
import { type Verdict, verdictOf } from '../../../local/permissions/statements.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/abc';

function verdict(
  statements: PolicyStatement | PolicyStatement[],
  { action = 'acm:DescribeCertificate', resource = CERTIFICATE, keys = {} as Record<string, string[]> } = {},
): Verdict {
  return verdictOf([{ Version: '2012-10-17', Statement: statements }], { action, resource, context: contextOf(keys) });
}

const allow = (part: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'acm:*',
  Resource: '*',
  ...part,
});

describe('statements', () => {
  test('what nobody allows is denied', () => {
    expect(verdictOf([], { action: 'acm:ListCertificates', resource: '*', context: new Map() })).toBe('implicitDeny');
  });

  test('an explicit deny beats an allow', () => {
    const deny: PolicyStatement = { Effect: 'Deny', Action: 'acm:Describe*', Resource: '*' };
    expect(verdict([allow({}), deny])).toBe('explicitDeny');
    expect(verdict([allow({}), deny], { action: 'acm:DeleteCertificate' })).toBe('allow');
  });

  test('a policy may hold one statement or several', () => {
    expect(verdict(allow({}))).toBe('allow');
    expect(verdict([allow({})])).toBe('allow');
  });
});

describe('actions', () => {
  test.each([
    ['acm:DescribeCertificate', 'allow'],
    ['ACM:describecertificate', 'allow'],
    ['acm:Describe*', 'allow'],
    ['acm:D?scribeCertificate', 'allow'],
    ['*', 'allow'],
    ['acm:List*', 'implicitDeny'],
    ['acm:DescribeCertificat', 'implicitDeny'],
    ['acm', 'implicitDeny'],
  ])('"%s" on acm:DescribeCertificate is %s', (Action, expected) => {
    expect(verdict(allow({ Action }))).toBe(expected);
  });

  test('NotAction allows everything else', () => {
    const statement: PolicyStatement = { Effect: 'Allow', NotAction: ['acm:Delete*'], Resource: '*' };
    expect(verdict(statement)).toBe('allow');
    expect(verdict(statement, { action: 'acm:DeleteCertificate' })).toBe('implicitDeny');
  });
});

describe('resources', () => {
  test.each([
    [CERTIFICATE, 'allow'],
    ['arn:aws:acm:*:123456789012:certificate/*', 'allow'],
    ['arn:aws:acm:us-east-?:123456789012:certificate/abc', 'allow'],
    ['arn:aws:acm:*', 'allow'],
    ['arn:aws:acm:us-east-1:123456789012:certificate/ABC', 'implicitDeny'],
    ['arn:aws:acm:eu-*-1:123456789012:certificate/*', 'implicitDeny'],
    ['arn:aws:a*m:certificate/abc', 'implicitDeny'],
  ])('"%s" is %s', (Resource, expected) => {
    expect(verdict(allow({ Resource }))).toBe(expected);
  });

  test('an action without resource-level permission needs "*"', () => {
    expect(verdict(allow({ Resource: 'arn:aws:acm:us-east-1:123456789012:certificate/x' }), { resource: '*' })).toBe(
      'implicitDeny',
    );
    expect(verdict(allow({ Resource: '*' }), { resource: '*' })).toBe('allow');
  });

  test('NotResource allows everything else', () => {
    const statement: PolicyStatement = { Effect: 'Allow', Action: '*', NotResource: CERTIFICATE };
    expect(verdict(statement)).toBe('implicitDeny');
    expect(verdict(statement, { resource: `${CERTIFICATE}d` })).toBe('allow');
  });

  test('variables stand for values of the request', () => {
    const Resource = 'arn:aws:acm:us-east-1:${aws:PrincipalAccount}:certificate/*';
    expect(verdict(allow({ Resource }), { keys: { 'aws:PrincipalAccount': ['123456789012'] } })).toBe('allow');
    expect(verdict(allow({ Resource }), { keys: { 'aws:PrincipalAccount': ['999999999999'] } })).toBe('implicitDeny');
    expect(verdict(allow({ Resource }))).toBe('implicitDeny');
  });

  test('a variable may have a default', () => {
    const Resource = "arn:aws:acm:us-east-1:${aws:PrincipalAccount, '123456789012'}:certificate/*";
    expect(verdict(allow({ Resource }))).toBe('allow');
  });
});
