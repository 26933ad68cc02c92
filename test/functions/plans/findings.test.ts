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
import { serverCauses } from './findings/server-causes.ts';
import { zoneCauses } from './findings/zone-causes.ts';

const ledger = useLedger();
const account = new PlannableAccount(createPlan);
beforeEach(async () => {
  await account.reset();
  account.states.on(StartExecutionCommand).resolves({});
});
afterEach(() => account.stop());

/** What a plan says of the world as it should be. */
const ALL_IS_WELL = ['authorityAllowed', 'instanceReachable', 'originAnswers', 'subnetsInTwoZones', 'zoneDelegated'];

/** And of a private server. */
const ALL_IS_WELL_OF_A_SERVER = [
  'authorityAllowed',
  'openToLoadBalancer',
  'serverReachable',
  'subnetsInTwoZones',
  'zoneDelegated',
];

const CAUSES = [zoneCauses, nameCauses, instanceCauses, serverCauses, balancerCauses, certificateCauses].flatMap(
  (causes) => causes({ account, ledger }),
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

  test.each([
    [
      '10.0.0.9',
      /from the security group "np-\w+" of the load balancer in a security group of its network interface "eni-9" \(sg-9\)$/,
    ],
    ['192.168.7.9', /allow TCP 443 from 10\.0\.0\.0\/24, 10\.0\.1\.0\/24 in its firewall/],
  ])('say which port of the private server %s is to be opened to the load balancer', async (address, opening) => {
    account.routesAre({ DestinationCidrBlock: '192.168.0.0/16', TransitGatewayId: 'tgw-1' });
    const subnets = ['subnet-0000000a', 'subnet-0000000b'];
    const { json } = await account.plan({ ...document, origin: { server: { address } }, subnets });
    const checks = json.findings.map(({ check }) => check);
    expect(json.findings.find(({ check }) => check === 'openToLoadBalancer')?.message).toMatch(opening);
    if (address.startsWith('10.')) expect(checks.sort()).toEqual(ALL_IS_WELL_OF_A_SERVER);
    else expect(checks).toContain('routeLeadsElsewhere');
  });

  test.each(CAUSES)(
    '$check, $severity: when $when',
    async ({ check, severity, cause, fix, before: given, site = {} }) => {
      const declared = { ...document, ...site };
      given?.();
      const before = await account.plan(declared);
      await cause();
      const { json } = await account.plan(declared);
      const found = json.findings.filter((finding) => finding.check === check);
      expect(found[0]).toMatchObject({ severity });
      expect(found.map(({ message }) => message).join('\n')).toEqual(saying(fix));
      expect(before.json.findings.filter((finding) => finding.check === check)).toEqual([]);
    },
  );

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
    const tried = [...ALL_IS_WELL, ...ALL_IS_WELL_OF_A_SERVER, ...CAUSES.map(({ check }) => check)];
    expect([...new Set(named)].sort()).toEqual([...new Set(tried)].sort());
  });
});
