import { CloudWatchClient, DescribeAlarmsCommand, ListAlarmMuteRulesCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetHealthCheckCommand,
  GetHealthCheckStatusCommand,
  type HealthCheckConfig,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { readMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSite, readSiteItem } from '../../../aws/ledger/read-site.ts';
import { NEWEST } from '../../../aws/ledger/read-timeline.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { DrillCheck } from '../../../domain/failover/drill.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { pageKey } from '../../../domain/pages/page-path.ts';
import { pageVersion } from '../../../domain/pages/page-version.ts';
import { renderPage } from '../../../domain/pages/render-page.ts';
import { DEFAULT_PAGE } from '../../../domain/sites/failover.ts';
import { drillSite } from '../../../functions/maintenance/drill-site.ts';
import { provePage } from '../../../functions/maintenance/prove-page.ts';
import { handler as provePages } from '../../../functions/maintenance/prove-pages.ts';
import { alarmReader } from '../../../functions/shared/maintenance/alarm-reader.ts';
import { changeMaintenance } from '../../../functions/shared/maintenance/due.ts';
import { handler as showSite } from '../../../functions/sites/show-site.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { edgeOutputs } from '../../support/edge.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, soa } from '../../support/name-servers.ts';
import { aServedCertificate, seeing } from '../../support/probes.ts';
import { aFailover, aSettledSiteItem, aSite } from '../../support/site.ts';
import { aSiteZone, context, domain, givenStep } from '../../support/steps.ts';

const ledger = useLedger();
const events = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const route53 = mockClient(Route53Client);
const cloudwatch = mockClient(CloudWatchClient);
const s3 = mockClient(S3Client);
const worlds: NameServers[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});
beforeEach(() => {
  for (const each of [events, lambda, route53, cloudwatch, s3]) each.reset();
  Object.assign(process.env, { PAGES_BUCKET: 'pages', PAGES_ACCESS_CONTROL: 'E1', PAGES_HEADERS_POLICY: 'p1' });
  events.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }], FailedEntryCount: 0 });
  lambda.on(InvokeCommand).resolves({});
});

const distribution = { distributionId: 'E1', domainName: 'd111111abcdef8.cloudfront.net' };
const site = aSite({ failover: { page: DEFAULT_PAGE } });
const page = { status: 503, retryAfter: '120', body: renderPage(DEFAULT_PAGE, { domain }) };
/** What people were told of: "Alert Raised pageNotReady". */
const told = () =>
  events.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => {
    const { DetailType, Detail = '{}' } = input.Entries?.[0] ?? {};
    return `${DetailType} ${JSON.parse(Detail).code}`;
  });

const checked = aSite({ failover: aFailover() });
/** The health check of that site, as it was made but for what is given. */
const isCheck = (changes: Partial<HealthCheckConfig> = {}) =>
  route53.on(GetHealthCheckCommand).resolves({
    HealthCheck: {
      Id: 'check',
      CallerReference: 'reference',
      HealthCheckVersion: 1,
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: `origin.${domain}`,
        Port: 443,
        EnableSNI: true,
        ...changes,
      },
    },
  });
const isNoCheck = () =>
  route53
    .on(GetHealthCheckCommand)
    .rejects(Object.assign(new Error('none'), { name: 'NoSuchHealthCheck', $metadata: {} }));

async function given(changes: Partial<SiteItem> = {}): Promise<void> {
  await writeSite(ledger, aSettledSiteItem({ site, live: site, ...changes }), { over: undefined });
  const outputs = {
    CreateHealthCheck: { healthCheckId: 'check' },
    ...edgeOutputs,
    CreateDistribution: distribution,
    FindZone: { zones: [aSiteZone()], nameServers: [] },
  };
  for (const [name, output] of Object.entries(outputs)) await givenStep(ledger, { name, output });
  await givenWritten(pageVersion(DEFAULT_PAGE, { domain }));
}

/** What the ledger has of the page. */
const givenWritten = (version: string) =>
  givenStep(ledger, { name: 'WritePage', made: [{ type: 'page', id: pageKey(domain), ours: true, version }] });

async function world(): Promise<Resolver> {
  const servers = await NameServers.start({
    '198.41.0.4': ({ name, type }) =>
      type === 'A'
        ? { answers: [a(name, name === distribution.domainName ? '198.51.100.131' : '203.0.113.7')] }
        : { authorities: [soa('')] },
  });
  worlds.push(servers);
  return new Resolver({ connect: servers.connect });
}

/** Probes that find the page at the distribution, or what is given, and the site elsewhere. */
const probesWith = (answer: object = page, certificate = {}, ofSite = {}): Probes =>
  seeing({
    secure: async ({ address }) => ({
      served: aServedCertificate(address === '198.51.100.131' ? certificate : ofSite),
      page: (address === '198.51.100.131' ? answer : { status: 200, body: '' }) as never,
    }),
  }).probes;

describe('ProvePages', () => {
  test('has the page of every site looked at whose document has one, and of no other', async () => {
    await given();
    const other = aSite({ domain: 'other.example.test', aliases: [] });
    await writeSite(ledger, aSettledSiteItem({ site: other, domain: other.domain }), { over: undefined });
    await provePages({}, context);
    const asked = lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input);
    expect(
      asked.map(({ FunctionName, InvocationType, Payload }) => [
        FunctionName,
        InvocationType,
        Buffer.from(Payload as Uint8Array).toString(),
      ]),
    ).toEqual([['ProvePage', 'Event', JSON.stringify({ domain })]]);
  });
});

describe('ProvePage', () => {
  const prove = async (probes: Probes) => {
    const dns = await world();
    await provePage(() => dns, probes)({ domain }, context);
  };
  const proof = async () => (await readMaintenance(ledger, (await readSiteItem(ledger, domain)) as SiteItem)).page;
  const shown = async () => {
    const answer = await showSite(aRequest({ parameters: { domain } }), apiContext);
    return JSON.parse(answer.body ?? '{}').failover;
  };

  test('F6: remembers that the page is ready, and GET shows the failover armed', async () => {
    await given();
    expect(await shown()).toMatchObject({
      armed: false,
      why: expect.stringContaining('not looked at yet'),
      on: 'origin',
    });
    await prove(probesWith());
    expect(await proof()).toMatchObject({ isReady: true, problems: [] });
    expect(await shown()).toMatchObject({ armed: true, on: 'origin', hold: false });
    expect(told()).toEqual([]);
  });

  test('says nothing of a page that an operation changes which has begun meanwhile', async () => {
    await given();
    const before = (await readSiteItem(ledger, domain)) as SiteItem;
    const { probes } = seeing({
      secure: async () => {
        await writeSite(ledger, { ...before, state: 'changing', revision: before.revision + 1 }, { over: before });
        return { served: aServedCertificate(), page: { status: 503, body: 'Back at four' } as never };
      },
    });
    await prove(probes);
    expect(await proof()).toBeUndefined();
    expect(told()).toEqual([]);
    expect(s3.commandCalls(PutObjectCommand)).toEqual([]);
  });

  test('F7: is not armed where the certificate does not cover a name, says why, and tells people once', async () => {
    await given();
    await prove(probesWith(page, { covers: false, names: [domain] }));
    const { since } = (await proof()) ?? {};
    await prove(probesWith(page, { covers: false, names: [domain] }));
    expect(await shown()).toMatchObject({
      armed: false,
      why: expect.stringMatching(/certificate/),
      page: { isReady: false, since },
    });
    expect(told()).toEqual(['Alert Raised pageNotReady']);
    await prove(probesWith());
    expect((await shown()).armed).toBe(true);
    expect(told()).toEqual(['Alert Raised pageNotReady', 'Alert Resolved pageNotReady']);
  });

  test('F7: has the whole site looked at where the certificate at the origin has expired, which no health check fails for, and stays armed', async () => {
    await given();
    const expired = probesWith(page, {}, { validTo: new Date(Date.now() - 60_000) });
    await prove(expired);
    expect([told(), lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input.FunctionName)]).toEqual([
      [],
      ['CareForSite'],
    ]);
    expect(await shown()).toMatchObject({
      armed: true,
      certificate: { isReady: false, problems: expect.arrayContaining([expect.stringContaining('expired')]) },
    });
    await prove(probesWith());
    expect(await shown()).toMatchObject({ certificate: { isReady: true } });
  });

  test.each([
    ['R22: is missing', isNoCheck, 'The health check check is missing'],
    ['R25: is disabled', () => isCheck({ Disabled: true }), 'check again, as a disabled one counts as healthy'],
    ['R25: is inverted', () => isCheck({ Inverted: true }), 'count success as healthy again'],
    ['asks another path', () => isCheck({ ResourcePath: '/other' }), 'ask for "/"'],
  ])('is not armed where the health check %s, says why, and tells people once', async (_, found, why) => {
    await given({ site: checked, live: checked });
    await givenStep(ledger, { name: 'AwaitHealthCheck', output: {} });
    isCheck();
    await prove(probesWith());
    expect([await shown(), told()]).toEqual([expect.objectContaining({ armed: true }), []]);
    found();
    await prove(probesWith());
    await prove(probesWith());
    expect(told()).toEqual(['Alert Raised healthCheckNotReady']);
    expect(await shown()).toMatchObject({ armed: false, why: expect.stringContaining(why) });
  });

  test('R22: ends a failover that no alarm can tell the end of, once the site is seen, and leaves one whose alarm can', async () => {
    await given({ site: checked, live: checked });
    const item = (await readSiteItem(ledger, domain)) as SiteItem;
    const since = new Date(Date.now() - 90 * 60_000).toISOString();
    await changeMaintenance(ledger, item, (before) => ({ ...before, failover: { since, detectedAt: since } }));
    isCheck();
    await prove(probesWith());
    expect([await shown(), told()]).toEqual([expect.objectContaining({ on: 'page', cause: 'health-check' }), []]);
    isNoCheck();
    await prove(probesWith());
    await prove(probesWith());
    expect(await shown()).toMatchObject({ on: 'origin' });
    expect(told().sort()).toEqual(['Alert Raised healthCheckNotReady', 'Failover Ended undefined']);
    const { timeline = [] } = (await readSite(ledger, domain, { timeline: NEWEST })) ?? {};
    expect(timeline.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The site is seen .* again, 90 min/),
    ]);
  });

  describe('a page that is not the one that was written', () => {
    const DENIED = { status: 403, body: 'AccessDenied' };
    const OTHER = { ...page, body: '<h1>Hacked</h1>' };
    /** Finds that until the page is written, and the page from then on. */
    const until = (wrong: object) => {
      let now = wrong;
      s3.on(PutObjectCommand).callsFake(async ({ Body }) => {
        now = { ...page, body: Body };
        return {};
      });
      return seeing({
        secure: async ({ address }) => ({
          served: aServedCertificate(),
          page: (address === '198.51.100.131' ? now : { status: 200, body: '' }) as never,
        }),
      }).probes;
    };
    const written = () => s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);

    test.each([
      ['F6: is deleted', DENIED, 'answers 403, not 503'],
      ['F6: is another one', OTHER, 'answers with another page'],
      ['F6: goes on', { ...page, body: `${page.body}<script>` }, 'answers with another page'],
      ['F6: breaks off', { ...page, body: page.body.slice(0, -9) }, 'answers with another page'],
    ])('%s: it is written anew, people are told, and it is ready', async (_, wrong, why) => {
      await given();
      await prove(until(wrong));
      expect(written()).toMatchObject([
        { Bucket: 'pages', Key: pageKey(domain), Body: renderPage(DEFAULT_PAGE, { domain }) },
      ]);
      expect(told()).toEqual(['Alert Raised pageNotReady', 'Alert Resolved pageNotReady']);
      const [entry] = events.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
      expect(JSON.parse(entry?.Detail ?? '')).toMatchObject({
        domain,
        message: expect.stringContaining(why),
        evidence: [expect.any(String)],
      });
      expect(await shown()).toMatchObject({ armed: true, page: { isReady: true } });
    });

    test('is left where an earlier version has written it: the next operation writes it anew', async () => {
      await given();
      await givenWritten('of another design');
      await prove(until(OTHER));
      expect([written(), told(), (await proof())?.isReady]).toEqual([[], [], true]);
    });

    test('has the words of the maintenance that is on', async () => {
      const maintenance = {
        state: 'on',
        cause: 'request',
        since: '2026-11-22T12:00:00.000Z',
        message: 'Tonight',
      } as const;
      await given({ maintenance });
      await prove(until(DENIED));
      expect(written()).toMatchObject([{ Body: expect.stringContaining('<p>Tonight</p>') }]);
    });

    test('is told and left while all changes are stopped, and where writing it does not help', async () => {
      await given();
      ledger.killSwitch('stopped');
      await prove(until(OTHER));
      expect([written(), told()]).toEqual([[], ['Alert Raised pageNotReady']]);
      ledger.killSwitch('allowed');
      s3.on(PutObjectCommand).resolves({});
      await prove(probesWith(DENIED));
      expect([written().length, (await proof())?.isReady, told()]).toEqual([1, false, ['Alert Raised pageNotReady']]);
    });

    test('is left to an operation that has begun meanwhile', async () => {
      await given();
      const probes = seeing({
        secure: async ({ address }) => {
          const item = (await readSiteItem(ledger, domain)) as SiteItem;
          if (item.state === 'live') await writeSite(ledger, { ...item, state: 'changing' }, { over: item });
          return {
            served: aServedCertificate(),
            page: (address === '198.51.100.131' ? OTHER : { status: 200, body: '' }) as never,
          };
        },
      }).probes;
      await prove(probes);
      expect(written()).toEqual([]);
    });
  });

  test('looks at no site that is not live, or has no page', async () => {
    await given({ state: 'held' });
    await prove(probesWith({ status: 500, body: '' }));
    expect([await proof(), told()]).toEqual([undefined, []]);
  });
});

describe('POST /v1/sites/{domain}/drill', () => {
  const alias = (name: string): ResourceRecordSet => ({
    Name: `${name}.`,
    Type: 'A',
    AliasTarget: { DNSName: 'dualstack.np.', HostedZoneId: 'Z', EvaluateTargetHealth: false },
  });

  async function drill(probes: Probes) {
    const dns = await world();
    const handler = drillSite(() => dns, { probes, readAlarm: alarmReader });
    const answer = await handler(aRequest({ method: 'POST', parameters: { domain } }), apiContext);
    const { ready, checks } = JSON.parse(answer.body ?? '{}') as { ready: boolean; checks: DrillCheck[] };
    return {
      status: answer.statusCode,
      ready,
      checks: checks.map(({ check, ok }) => `${check} ${ok ? 'ok' : 'wrong'}`),
      found: checks.map(({ found }) => found),
    };
  }

  test('finds what a failover needs, records that were changed included, and changes nothing', async () => {
    await given();
    route53
      .on(ListResourceRecordSetsCommand)
      .resolves({ ResourceRecordSets: [alias(domain)], IsTruncated: false, MaxItems: 300 });
    const { status, ready, checks } = await drill(probesWith());
    expect([status, ready]).toEqual([200, false]);
    expect(checks).toEqual(['live ok', 'page ok', 'certificate ok', 'records wrong']);
    expect(route53.calls().map(({ args }) => args[0].constructor.name)).toEqual(
      route53.calls().map(() => 'ListResourceRecordSetsCommand'),
    );
  });

  test('R24: tells what the checkers of Route 53 find', async () => {
    await given({ site: checked, live: checked });
    await givenStep(ledger, { name: 'AwaitHealthCheck', output: {} });
    isCheck();
    route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: [], IsTruncated: false, MaxItems: 300 });
    const refused = 'Failure: Connection refused.';
    const observations = [refused, refused, 'Success: HTTP Status Code 200, OK'].map((Status) => ({
      Region: 'us-east-1' as const,
      StatusReport: { Status },
    }));
    route53.on(GetHealthCheckStatusCommand).resolves({ HealthCheckObservations: observations });
    const { checks, found } = await drill(probesWith());
    expect(checks).toContain('health check wrong');
    expect(found).toContainEqual(expect.stringContaining('Connection refused'));
  });

  test('is ready while the origin is down and the failover shows the page', async () => {
    await given({ site: checked, live: checked });
    await givenStep(ledger, { name: 'AwaitHealthCheck', output: {} });
    isCheck();
    route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: [], IsTruncated: false, MaxItems: 300 });
    const Status = 'Failure: Connection refused.';
    route53
      .on(GetHealthCheckStatusCommand)
      .resolves({ HealthCheckObservations: [{ Region: 'us-east-1', StatusReport: { Status } }] });
    const { probes } = seeing({ secure: async () => ({ served: aServedCertificate(), page: page as never }) });
    const { checks, found } = await drill(probes);
    expect(checks.filter((check) => !check.startsWith('records'))).toEqual([
      'live ok',
      'page ok',
      'certificate ok',
      'health check ok',
    ]);
    expect(found).toContain('The origin is down, and the failover shows viewers the page with a good certificate');
  });

  test('names an alarm that is not there', async () => {
    const alarm = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:gone';
    const watched = { ...site, failover: { page: DEFAULT_PAGE, alarm } };
    await given({ site: watched, live: watched });
    route53.on(ListResourceRecordSetsCommand).resolves({ ResourceRecordSets: [], IsTruncated: false, MaxItems: 300 });
    cloudwatch.on(DescribeAlarmsCommand).resolves({});
    cloudwatch.on(ListAlarmMuteRulesCommand).resolves({});
    const { checks, found } = await drill(probesWith({ status: 200, body: '' }));
    expect(checks).toEqual(['live ok', 'page wrong', 'certificate ok', 'records wrong', 'alarm wrong']);
    expect(found).toContain(`There is no alarm "${alarm}"`);
  });

  test('says that a site is not live, and looks no further', async () => {
    await given({ state: 'held' });
    expect(await drill(probesWith())).toMatchObject({ ready: false, checks: ['live wrong'] });
  });
});
