import { ACMClient, type CertificateSummary, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { writeAlert } from '../../../aws/ledger/alerts.ts';
import { CERTIFICATES_INDEX, certificateKey } from '../../../aws/ledger/keys.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { idOf } from '../../../domain/care/alert.ts';
import { isTurn, ROUND_HOURS } from '../../../domain/care/turn.ts';
import { handler as sweepCare } from '../../../functions/care/sweep-care.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { awsError } from '../../support/steps.ts';

const ledger = useLedger();
const acm = mockClient(ACMClient);
const lambda = mockClient(LambdaClient);
const context = { getRemainingTimeInMillis: () => 900_000 } as Context;
const HOUR = 3_600_000;

beforeEach(() => {
  acm.reset();
  lambda.reset();
  acm.on(ListCertificatesCommand).resolves({ CertificateSummaryList: [] });
  lambda.on(InvokeCommand).resolves({});
});

/** Domains whose turn it is now, or not. */
function domains(count: number, isNow: boolean): string[] {
  const found: string[] = [];
  for (let number = 0; found.length < count; number += 1) {
    const domain = `shop${number}.example.test`;
    if (isTurn(domain, new Date()) === isNow) found.push(domain);
  }
  return found;
}

async function given(...names: string[]): Promise<void> {
  for (const domain of names) {
    const site = aSite({ domain, aliases: [] });
    await writeSite(ledger, aSettledSiteItem({ site, live: site, domain }), { over: undefined });
  }
}

const END = Date.parse('2027-06-01T00:00:00Z');

const healthy = (domain: string): CertificateSummary => ({
  CertificateArn: `arn:${domain}`,
  DomainName: domain,
  Status: 'ISSUED',
  Type: 'AMAZON_ISSUED',
  InUse: true,
  RenewalEligibility: 'ELIGIBLE',
  NotBefore: new Date(END - 198 * 24 * HOUR),
  NotAfter: new Date(END),
});

/** What ACM lists, in pages as large as it was asked for. */
const lists = (...all: CertificateSummary[]) =>
  acm.on(ListCertificatesCommand).callsFake(({ NextToken = '0', MaxItems }) => {
    const [from, to] = [Number(NextToken), Number(NextToken) + MaxItems];
    return { CertificateSummaryList: all.slice(from, to), ...(to < all.length && { NextToken: String(to) }) };
  });

/** The certificates of sites as their last looks have found them. */
async function seen(...sites: (string | { domain: string; hoursAgo: number })[]): Promise<void> {
  const looks = sites.map((site) => (typeof site === 'string' ? { domain: site, hoursAgo: 0 } : site));
  const items = looks.map(({ domain, hoursAgo }) => ({
    seenAt: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
    ...certificateKey(domain, '0'.repeat(12)),
    gsi1pk: CERTIFICATES_INDEX.partition,
    gsi1sk: `${new Date(END).toISOString()}#${'0'.repeat(12)}-${domain}`,
    domain,
    arn: `arn:${domain}`,
    region: 'us-east-1',
    renewal: 'automatic',
    validTo: new Date(END).toISOString(),
  }));
  for (let at = 0; at < items.length; at += 25) {
    const RequestItems = { [ledger.table]: items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } })) };
    await ledger.documents.send(new BatchWriteCommand({ RequestItems }));
  }
}

/** Writes a suspicion about a site. */
async function suspected(domain: string): Promise<void> {
  await writeAlert(ledger, {
    id: idOf(domain, 'portRefused', domain),
    domain,
    siteCreatedAt: '',
    state: 'suspected',
    code: 'portRefused',
    subject: domain,
    area: '',
    severity: 'error',
    message: '',
    evidence: [],
    fix: '',
    seenAt: new Date().toISOString(),
    version: 0,
  });
}

const asked = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => ({
    name: input.FunctionName,
    ...(JSON.parse(Buffer.from(input.Payload as Uint8Array).toString()) as {
      domain: string;
      listed: { arn: string }[];
    }),
  }));

describe('the hourly sweep', () => {
  test('every site has its turn once in six hours', () => {
    const now = Date.now();
    for (const domain of ['a.test', 'b.test', 'shop.example.test']) {
      const turns = Array.from({ length: ROUND_HOURS }, (_, hours) => isTurn(domain, new Date(now + hours * HOUR)));
      expect(turns.filter(Boolean)).toHaveLength(1);
    }
  });

  test('has the live sites looked at whose turn it is, and those that have an alert or a suspicion', async () => {
    const [mine = '', never = ''] = domains(2, true);
    const [others = '', suspicious = ''] = domains(2, false);
    await given(mine, others, suspicious);
    const pending = aSite({ domain: never });
    await writeSite(ledger, aSettledSiteItem({ site: pending, domain: never, state: 'pending' }), { over: undefined });
    await suspected(suspicious);
    await sweepCare({}, context);
    expect(
      asked()
        .map(({ name, domain }) => `${name} ${domain}`)
        .sort(),
    ).toEqual([mine, suspicious].map((each) => `CareForSite ${each}`).sort());
  });

  test('lists the certificates of the account once, and hands each site those that name it', async () => {
    const [one = '', other = ''] = domains(2, true);
    await given(one, other);
    const dates = { NotBefore: new Date(0), NotAfter: new Date(1e12) };
    acm.on(ListCertificatesCommand).resolves({
      CertificateSummaryList: [
        {
          CertificateArn: 'a',
          DomainName: one,
          SubjectAlternativeNameSummaries: [one],
          Status: 'ISSUED',
          InUse: true,
          ...dates,
        },
        { CertificateArn: 'b', DomainName: 'c.test', SubjectAlternativeNameSummaries: ['c.test'], ...dates },
      ],
    });
    await sweepCare({}, context);
    expect(asked().find(({ domain }) => domain === one)?.listed).toMatchObject([{ arn: 'a', inUse: true }]);
    expect(asked().find(({ domain }) => domain === other)?.listed).toEqual([]);
    expect(acm.commandCalls(ListCertificatesCommand)).toHaveLength(1);
  });

  test('A15: ten thousand certificates take ten calls of a region and 20 s at most, and sites of healthy ones no look before their turn', async () => {
    const all = Array.from({ length: 10_000 }, (_, number) => `shop${number}.example.test`);
    await seen(...all);
    lists(...all.map((domain) => healthy(domain)));
    const started = performance.now();
    await sweepCare({}, context);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect([acm.calls().length, acm.commandCalls(ListCertificatesCommand).length, asked()]).toEqual([10, 10, []]);
  }, 120_000);

  test('A16, A18: has a site looked at whose certificate ACM lists otherwise than it was seen last, in any hour', async () => {
    const names = ['well', 'renewed', 'detached', 'expired', 'gone', 'bought'].map((name) => `${name}.example.test`);
    const [well = '', renewed = '', detached = '', expired = '', , bought = ''] = names;
    await seen(...names);
    lists(
      healthy(well),
      { ...healthy(renewed), NotAfter: new Date(END + 1_000) },
      { ...healthy(detached), InUse: false, RenewalEligibility: 'INELIGIBLE' },
      { ...healthy(expired), Status: 'EXPIRED' },
      { ...healthy(bought), Type: 'IMPORTED', RenewalEligibility: 'INELIGIBLE' },
    );
    await sweepCare({}, context);
    const looked = asked().map(({ domain }) => domain.replace('.example.test', ''));
    expect(looked.sort()).toEqual(['detached', 'expired', 'gone', 'renewed']);
  });

  test('takes no certificate for gone while ACM cannot be listed', async () => {
    await seen('shop.example.test');
    acm.on(ListCertificatesCommand).rejects(awsError('ThrottlingException'));
    await sweepCare({}, context);
    expect(asked()).toEqual([]);
  });

  test('goes on without the list while ACM has no room, and with the others where one look fails', async () => {
    const names = domains(3, true);
    await given(...names);
    acm.on(ListCertificatesCommand).rejects(awsError('ThrottlingException'));
    lambda.on(InvokeCommand).resolvesOnce({ FunctionError: 'Unhandled' }).resolves({});
    await sweepCare({}, context);
    expect(
      asked()
        .map(({ domain }) => domain)
        .sort(),
    ).toEqual(names.sort());
  });

  test('begins with the sites that were seen longest ago, whatever alerts others have: slow sites keep none from its turn', async () => {
    const [mine = '', other = ''] = domains(2, true);
    const down = domains(20, false);
    await given(mine, other, ...down);
    await seen(...down.map((domain) => ({ domain, hoursAgo: 1 })), { domain: mine, hoursAgo: 6 });
    for (const domain of down) await suspected(domain);
    lists(...[mine, ...down].map((domain) => healthy(domain)));
    await sweepCare({}, context);
    expect(asked().length).toBe(22);
    expect(
      asked()
        .slice(0, 2)
        .map(({ domain }) => domain),
    ).toEqual([other, mine]);
  });

  test('has a site looked at in the next hour that its own hour had no time for', async () => {
    const [left = '', inTime = ''] = domains(2, false);
    await given(left, inTime);
    await seen({ domain: left, hoursAgo: 7 }, { domain: inTime, hoursAgo: 5 });
    lists(healthy(left), healthy(inTime));
    await sweepCare({}, context);
    expect(asked().map(({ domain }) => domain)).toEqual([left]);
  });

  test('has eight looked at at once, and leaves the rest where no time is left', async () => {
    await given(...domains(20, true));
    let running = 0;
    let most = 0;
    lambda.on(InvokeCommand).callsFake(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((turn) => setImmediate(turn));
      running -= 1;
      return {};
    });
    await sweepCare({}, context);
    expect([asked().length, most]).toEqual([20, 8]);
    lambda.resetHistory();
    await sweepCare({}, { getRemainingTimeInMillis: () => 30_000 } as Context);
    expect(asked()).toEqual([]);
  });
});
