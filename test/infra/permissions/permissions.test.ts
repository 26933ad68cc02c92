import type { GetRolePolicyResponse, ListRolePoliciesResponse, ListRolesResponse } from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../../local/local-aws.ts';
import { DEPENDENTS } from '../../../resources/permissions/load-balancer-dependents.ts';
import { assembly } from '../../support/assembly.ts';
import { findings, type Statement } from './findings.ts';

/** Every role of the template, deployed, with the statements of its policies. */
const roles: [role: string, statements: Statement[]][] = [];

beforeAll(async () => {
  const aws = await startLocalAws({ assembly: assembly() });
  const ask = async <Output>(operation: string, input: object): Promise<Output> => {
    const principal = { arn: `arn:aws:iam::${aws.account}:root` };
    return (await aws.dispatch({ service: 'iam', operation, input, principal, region: aws.region })) as Output;
  };
  try {
    const { Roles = [] } = await ask<ListRolesResponse>('ListRoles', { MaxItems: 1_000 });
    for (const { RoleName = '' } of Roles) {
      const { PolicyNames = [] } = await ask<ListRolePoliciesResponse>('ListRolePolicies', { RoleName });
      for (const PolicyName of PolicyNames) {
        const policy = await ask<GetRolePolicyResponse>('GetRolePolicy', { RoleName, PolicyName });
        const { Statement } = JSON.parse(decodeURIComponent(policy.PolicyDocument ?? '')) as { Statement: Statement[] };
        roles.push([RoleName, Statement]);
      }
    }
  } finally {
    await aws.close();
  }
});

const actionsOf = (statements: readonly Statement[]): string[] => statements.flatMap(({ Action }) => Action);

describe('what the roles of the template are granted', () => {
  test('is what AWS knows: actions, on resources that they take, by condition keys that they know, with what they need (B10)', async () => {
    expect(roles.length).toBeGreaterThan(0);
    const found = await Promise.all(
      roles.map(async ([role, statements]) => [role, await findings(statements)] as const),
    );
    expect(found.filter(([, sentences]) => sentences.length > 0)).toEqual([]);
  });

  test('has what ELB asks in the name of its caller, which the reference leaves out', () => {
    const missing = roles.flatMap(([role, statements]) => {
      const granted = new Set(actionsOf(statements));
      return Object.entries(DEPENDENTS)
        .filter(([action]) => granted.has(action))
        .flatMap(([action, dependents]) =>
          dependents(SCOPE)
            .flatMap(({ actions }) => actions)
            .filter((dependent) => !granted.has(dependent))
            .map((dependent) => `${role}: ${action} needs ${dependent} beside it`),
        );
    });
    expect(missing).toEqual([]);
  });
});

const SCOPE = { partition: 'aws', region: 'us-east-1', account: '123456789012' } as never;

describe('findings()', () => {
  const vpc = 'arn:aws:ec2:us-east-1:123456789012:vpc/*';
  const address = 'arn:aws:ec2:us-east-1:123456789012:elastic-ip/*';
  const queue = 'arn:aws:sqs:us-east-1:123456789012:queue';

  const onTag = { Condition: { StringEquals: { 'aws:ResourceTag/owner': 'us' } } };
  const onRequestTag = { Condition: { StringEquals: { 'aws:RequestTag/owner': 'us' } } };

  test.each<[string, Statement, string]>([
    ['an action that does not exist', { Action: 'ec2:Nothing', Resource: '*' }, 'ec2:Nothing does not exist'],
    [
      'a resource of another type',
      { Action: 'ec2:ReleaseAddress', Resource: queue },
      `ec2:ReleaseAddress takes elastic-ip, and not ${queue}`,
    ],
    [
      'a resource of an action that takes none',
      { Action: 'ec2:DescribeVpcs', Resource: vpc },
      `ec2:DescribeVpcs takes no resource, and not ${vpc}`,
    ],
    [
      '"*" for an action that takes resources',
      { Action: 'ec2:ReleaseAddress', Resource: '*' },
      'ec2:ReleaseAddress is narrower than "*": it takes elastic-ip',
    ],
    [
      'a tag of a resource whose tags the action does not judge',
      { Action: 'route53:DeleteHostedZone', Resource: 'arn:aws:route53:::hostedzone/*', ...onTag },
      'route53:DeleteHostedZone does not know the condition key aws:ResourceTag/owner on arn:aws:route53:::hostedzone/*',
    ],
    [
      'tags on creation without the right to tag',
      { Action: 'ec2:AllocateAddress', Resource: address, ...onRequestTag },
      'ec2:AllocateAddress needs ec2:CreateTags beside it',
    ],
    [
      'a required type that no statement has',
      { Action: 'ec2:CreateSecurityGroup', Resource: vpc },
      'ec2:CreateSecurityGroup needs a security-group as well',
    ],
  ])('finds %s', async (_, statement, sentence) => {
    expect(await findings([statement])).toContainEqual(sentence);
  });
});
