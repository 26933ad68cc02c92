import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { useLedger } from '../../support/ledger.ts';
import { root } from '../../support/paths.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';
import { instanceCauses } from './findings/instance-causes.ts';
import { nameCauses } from './findings/name-causes.ts';
import { zoneCauses } from './findings/zone-causes.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
beforeEach(() => account.reset());
afterEach(() => account.stop());

/** What a plan says of the world as it should be. */
const ALL_IS_WELL = ['authorityAllowed', 'instanceAnswers', 'instanceReachable', 'subnetsInTwoZones', 'zoneDelegated'];

const CAUSES = [zoneCauses, nameCauses, instanceCauses].flatMap((causes) => causes({ account, ledger }));

describe('the findings of a plan', () => {
  test('say that all is well when it is', async () => {
    const { json } = await account.plan();
    expect(json.findings.map(({ check }) => check).sort()).toEqual(ALL_IS_WELL);
  });

  test.each(CAUSES)('$check, $severity: when $when', async ({ check, severity, cause, fix, site = {} }) => {
    const declared = { ...document, ...site };
    const before = await account.plan(declared);
    await cause();
    const { json } = await account.plan(declared);
    const found = json.findings.filter((finding) => finding.check === check);
    expect(found[0]).toMatchObject({ severity });
    expect(found.map(({ message }) => message).join('\n')).toEqual(
      typeof fix === 'string' ? expect.stringContaining(fix) : expect.stringMatching(fix),
    );
    expect(before.json.findings.filter((finding) => finding.check === check)).toEqual([]);
  });

  test('are all among these', () => {
    const sources = globSync('domain/preflight/*.ts', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const named = sources.flatMap((source) =>
      [
        ...source.matchAll(/check: (?:type === 'record' \? '(\w+)' : )?'(\w+)'|\['(?:info|warning|error)', '(\w+)'\]/g),
      ].flatMap(([, ...checks]) => checks.filter((check) => check !== undefined)),
    );
    const tried = [...ALL_IS_WELL, ...CAUSES.map(({ check }) => check)];
    expect([...new Set(named)].sort()).toEqual([...new Set(tried)].sort());
  });
});
