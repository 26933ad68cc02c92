import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { createSite } from '../../../functions/sites/create-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { root } from '../../support/paths.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';
import { balancerCauses } from './findings/balancer-causes.ts';
import { certificateCauses } from './findings/certificate-causes.ts';
import { instanceCauses } from './findings/instance-causes.ts';
import { nameCauses } from './findings/name-causes.ts';
import { zoneCauses } from './findings/zone-causes.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
beforeEach(async () => {
  await account.reset();
  account.states.on(StartExecutionCommand).resolves({});
});
afterEach(() => account.stop());

/** What a plan says of the world as it should be. */
const ALL_IS_WELL = ['authorityAllowed', 'instanceAnswers', 'instanceReachable', 'subnetsInTwoZones', 'zoneDelegated'];

const CAUSES = [zoneCauses, nameCauses, instanceCauses, balancerCauses, certificateCauses].flatMap((causes) =>
  causes({ account, ledger }),
);

const saying = (fix: string | RegExp) =>
  typeof fix === 'string' ? expect.stringContaining(fix) : expect.stringMatching(fix);

const declare = async (body: object) => {
  const answer = await createSite(account.newResolver, account.survey)(aRequest({ method: 'POST', body }), apiContext);
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
};

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
    expect(found.map(({ message }) => message).join('\n')).toEqual(saying(fix));
    expect(before.json.findings.filter((finding) => finding.check === check)).toEqual([]);
  });

  test.each(CAUSES)('$check, $severity, $when: a request begins unless it is an error', async (one) => {
    const declared = { ...document, ...one.site };
    await one.cause();
    const { id, checksum } = (await account.plan(declared)).json;
    const applied = await declare({ ...declared, plan: { id, checksum } });
    const begun = account.states.commandCalls(StartExecutionCommand).length;
    if (one.severity !== 'error') expect([applied.status, begun]).toEqual([202, 1]);
    else {
      for (const { status, json } of [applied, await declare(declared)]) {
        expect(status).toBeGreaterThanOrEqual(409);
        const said = json.errors?.map(({ detail }: { detail: string }) => detail) ?? [json.detail];
        expect(said.join('\n')).toEqual(saying(one.fix));
      }
      expect(account.states.commandCalls(StartExecutionCommand)).toEqual([]);
    }
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
