import { rmSync } from 'node:fs';
import type { ListExecutionsOutput, ListStateMachinesOutput } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, test } from '@jest/globals';
import { assembly, formerAssembly } from '../support/assembly.ts';
import { deployedFunctions } from '../support/deployed-functions.ts';
import { Nameplate } from '../support/nameplate.ts';

const SHOP = 'shop.example.test';

describe('W13: a new version is deployed while an onboarding runs', () => {
  let nameplate: Nameplate;
  afterEach(() => nameplate.close());

  /** Boots an earlier version, one of whose functions has another name in the new one. */
  async function bootFormer({
    rename = 'CheckAuthorization',
    to = 'LookAtAuthorization',
    namesVersion = true,
  } = {}): Promise<void> {
    const former = formerAssembly({ rename, to, namesVersion });
    try {
      nameplate = await Nameplate.boot({ assembly: former });
    } finally {
      rmSync(former, { recursive: true });
    }
  }

  const functions = () => deployedFunctions(nameplate);

  /** How each execution of the onboarding ended, the first one first. */
  async function executions(): Promise<string[]> {
    const { stateMachines = [] } = await nameplate.ask<ListStateMachinesOutput>('states', 'ListStateMachines');
    const onboard = stateMachines.find(({ name }) => name === 'Nameplate-Onboard');
    const { executions = [] } = await nameplate.ask<ListExecutionsOutput>('states', 'ListExecutions', {
      stateMachineArn: onboard?.stateMachineArn,
    });
    return executions.map(({ name, status }) => `${name} ${status}`).sort();
  }

  test.each([
    ['waits in CheckDelegation', 'CheckDelegation', {}],
    ['waits in CheckDelegation, and names no version', 'CheckDelegation', { namesVersion: false }],
    ['waits in a function that is deleted', 'CheckDelegation', { rename: 'CheckDelegation', to: 'LookAtDelegation' }],
    ['waits for the certificate', 'AwaitCertificate', {}],
  ])('an execution that %s continues under the new workflow', async (_, step, former) => {
    await bootFormer(former);
    await nameplate.begin(SHOP);
    await nameplate.waitsIn(SHOP, step);
    await nameplate.aws.deploy(assembly());
    const site = await nameplate.ended(SHOP);
    expect(site.state).toBe('live');
    expect(await executions()).toEqual([
      'shop_example_test-r1-onboard ABORTED',
      'shop_example_test-r2-onboard SUCCEEDED',
    ]);
    expect(site.timeline.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^A new version of Nameplate/),
    );
    expect(nameplate.aws.events.log.published.map(({ event }) => event['detail-type'])).not.toContain('Site Failed');
  });

  test('functions that it has no more are deleted, with their roles, and those that stay keep their names', async () => {
    await bootFormer();
    const before = await functions();
    await nameplate.aws.deploy(assembly());
    const after = await functions();
    const renamed = before.filter((name) => !after.includes(name));
    expect(renamed).toEqual([expect.stringContaining('LookAtAuthorization')]);
    expect(after.filter((name) => !before.includes(name))).toEqual([expect.stringContaining('CheckAuthorization')]);
  });
});
