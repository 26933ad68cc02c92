import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Authority } from '../../local/certificates/authority.ts';
import { Clock } from '../../local/clock/clock.ts';
import { AwsNames } from '../../local/dns/aws-names.ts';
import { Draws } from '../../local/draws/draws.ts';
import type { Host } from '../../local/host.ts';
import { callRoutes } from '../../local/inspect/calls.ts';
import { clockRoutes } from '../../local/inspect/clock.ts';
import { drawRoutes } from '../../local/inspect/draws.ts';
import { faultRoutes } from '../../local/inspect/faults.ts';
import { providerRoutes } from '../../local/inspect/provider.ts';
import { Internet } from '../../local/internet/internet.ts';
import * as acmeDelays from '../../local/services/acm/acme/delays.ts';
import * as acmDelays from '../../local/services/acm/delays.ts';
import { createAcm } from '../../local/services/acm/service.ts';
import { createApiGateway } from '../../local/services/apigatewayv2/service.ts';
import { createCloudFormation } from '../../local/services/cloudformation/service.ts';
import { createCloudFront } from '../../local/services/cloudfront/service.ts';
import { createCloudWatch } from '../../local/services/cloudwatch/service.ts';
import { createDynamodb } from '../../local/services/dynamodb/service.ts';
import { createEc2 } from '../../local/services/ec2/service.ts';
import { createElbv2 } from '../../local/services/elbv2/service.ts';
import { createEventBridge } from '../../local/services/eventbridge/service.ts';
import { createIam } from '../../local/services/iam/service.ts';
import { createLambda } from '../../local/services/lambda/service.ts';
import { createLogs } from '../../local/services/logs/service.ts';
import * as route53Delays from '../../local/services/route53/delays.ts';
import { createRoute53 } from '../../local/services/route53/service.ts';
import { createRoute53Domains } from '../../local/services/route53domains/service.ts';
import { createS3 } from '../../local/services/s3/service.ts';
import { createScheduler } from '../../local/services/scheduler/service.ts';
import { createSecretsManager } from '../../local/services/secretsmanager/service.ts';
import { createSns } from '../../local/services/sns/service.ts';
import { createSsm } from '../../local/services/ssm/service.ts';
import { createStates } from '../../local/services/states/service.ts';
import { createSts } from '../../local/services/sts/service.ts';
import { CallLog } from '../../local/wire/calls.ts';
import { FAULT_KINDS, Faults } from '../../local/wire/faults.ts';
import type { Service } from '../../local/wire/service.ts';
import { root } from '../support/paths.ts';

const page = readFileSync(join(root, 'docs', 'local-aws.md'), 'utf8');
/** One line for the search of phrases, which the page's lines may break. */
const words = page.replace(/\s+/g, ' ');

/** What a service is given here and never uses: nothing is called. */
const unused = (): never => {
  throw new Error('Cannot be called: only the names of the operations are looked at');
};

/** Every service that the local AWS assembles. */
function services(): Service[] {
  const clock = new Clock();
  const host: Host = { clock, draws: new Draws(1), account: '123456789012', homeRegion: 'us-east-1', emit: unused };
  const internet = new Internet();
  const awsNames = new AwsNames();
  const iam = createIam(host);
  const ec2 = createEc2(host, { internet });
  const acm = createAcm(host, {
    authority: {} as Authority,
    resolve: unused,
    acme: { internet, awsNames, roles: iam.roles, permissions: { refusal: unused }, dispatch: unused },
  });
  const s3 = createS3(host);
  const roles = { issue: unused };
  const logs = createLogs(host);
  return [
    createRoute53(host, {
      nameServers: { assign: unused, release: unused },
      awsNames,
      internet,
      freshResolver: { resolve: unused },
    }),
    createRoute53Domains(host, { registrar: { delegate: unused, delegation: unused } }),
    acm,
    ec2,
    createElbv2(host, { internet, ec2, certificates: acm.certificates, awsNames }),
    s3,
    createCloudFront(host, {
      internet,
      askBucket: s3.askBucket,
      authority: { rootPem: '' } as Authority,
      certificates: acm.certificates,
      awsNames,
      resolve: unused,
    }),
    createCloudFormation(),
    createStates(host, { dispatch: unused }),
    createLambda(host, { roles, logs: logs.sink, internet, dispatch: unused, endpoint: unused }),
    createApiGateway(host, { dispatch: unused }),
    createEventBridge(host, { dispatch: unused }),
    createSns(host, { dispatch: unused }),
    createSsm(host),
    createScheduler(host, { dispatch: unused, trustOf: unused }),
    createSecretsManager(host),
    createDynamodb(host),
    createCloudWatch(host, { dispatch: unused }),
    logs,
    iam,
    createSts(host, { roles: iam.roles, issue: unused }),
  ].map(({ service }) => service);
}

/** What stands under a heading, up to the next. */
const section = (heading: string): string => page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';

/** The rows of a section's tables whose first cell is code: both cells of each. */
const rowsOf = (heading: string): string[][] =>
  [...section(heading).matchAll(/^\| `([^`|]+)` \| (.+) \|$/gm)].map(([, ...cells]) => cells);

test('the table of services lists the operations that the services have, and no others', () => {
  const real = services().map(({ name, operations }) => [name, Object.keys(operations).sort().join(', ')]);
  expect(Object.fromEntries(rowsOf('Services'))).toEqual(Object.fromEntries(real));
});

test('the services of the table are those that the local AWS assembles', () => {
  const assembled = readFileSync(join(root, 'local', 'local-aws.ts'), 'utf8').matchAll(/from '\.\/services\/(\w+)\//g);
  expect([...assembled]).toHaveLength(services().length);
});

test('the table of "/_local" lists every route', () => {
  const [clock, calls, faults] = [new Clock(), new CallLog(), new Faults()];
  const provider = { zones: unused, addZone: unused, enter: unused, remove: unused };
  const routes = [
    ...clockRoutes(clock),
    ...callRoutes(calls),
    ...drawRoutes(new Draws(1)),
    ...faultRoutes(faults),
    ...providerRoutes(provider),
  ];
  const listed = rowsOf('Doors').map(([route]) => route);
  expect(listed).toEqual(['GET /_local', ...routes.map(({ method, path }) => `${method} ${path}`)]);
});

test('every kind of fault is explained', () => {
  expect(FAULT_KINDS.filter((kind) => !section('Faults').includes(`\`${kind}\``))).toEqual([]);
});

test('the delays of Route 53, ACM and its ACME endpoints are as the page has them', () => {
  const bounds = Object.entries({ ...route53Delays, ...acmDelays, ...acmeDelays }).map(([name, { min, max }]) => {
    const spans = [`${min} to ${max} s`, `${min / 60} min to ${max / 3600} h`];
    return { name, said: spans.some((span) => words.includes(span)) };
  });
  expect(bounds.filter(({ said }) => !said)).toEqual([]);
});

test('every decision that the page links to is there', () => {
  const links = [...page.matchAll(/\]\((decisions\/[^)]+)\)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(0);
  for (const path of links) expect(() => readFileSync(join(root, 'docs', path))).not.toThrow();
});

test('the page stays short enough to be read', () => {
  expect(page.split('\n').length).toBeLessThanOrEqual(200);
});
