import { ChangeResourceRecordSetsCommand, InvalidChangeBatch, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/validation-record.ts';
import { useLedger } from '../../support/ledger.ts';
import { aCdn } from '../../support/site.ts';
import {
  event as anEvent,
  aSiteZone,
  awsError,
  context,
  declareAnew,
  domain,
  givenSite,
  givenStep,
  theStep,
} from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'prepare' as const };
const route53 = mockClient(Route53Client);
const value = '_b.acm-validations.aws.';
const records = [domain, `www.${domain}`].map((name) => ({ domain: name, name: `_a.${name}.`, value }));
const cnames = [stored(`_a.${domain}`, 'CNAME', value), stored(`_a.www.${domain}`, 'CNAME', value)];

beforeEach(async () => {
  route53.reset();
  await givenSite(ledger, {
    outputs: {
      FindZone: { zones: [aSiteZone()], nameServers: [] },
      RequestCertificate: { certificateArn: 'arn:1', records: [...records, ...records.slice(0, 1)] },
    },
  });
});

describe('WriteValidationRecords', () => {
  test('A13: writes each CNAME once, all in one batch', async () => {
    const zone = new StubbedZone(route53);
    await handler(event, context);
    expect(zone.sets).toEqual(cnames);
    expect(zone.batches).toHaveLength(1);
    expect((await theStep(ledger, 'WriteValidationRecords')).made).toMatchObject([
      { type: 'record', id: `_a.${domain} CNAME`, ours: true, written: { zoneId: 'ZEXAMPLE' } },
      { type: 'record', id: `_a.www.${domain} CNAME`, ours: true },
    ]);
  });

  test('C5: says that it has written them again, when another tool has removed them since', async () => {
    const zone = new StubbedZone(route53);
    await handler(event, context);
    zone.sets = [];
    expect(await handler(event, context)).toEqual({ writtenAgain: true });
    expect(zone.sets).toEqual(cnames);
    expect(await handler(event, context)).toEqual({ writtenAgain: true });
    expect((await theStep(ledger, 'WriteValidationRecords')).message).toMatch(/^The validation records stand again: /);
  });

  test('A14: leaves the CNAME that another certificate shares as it stands, and says it is not ours', async () => {
    const zone = new StubbedZone(route53, [{ ...cnames[0], TTL: 60 } as (typeof cnames)[0]]);
    await handler(event, context);
    expect(zone.batches).toEqual([[`CREATE _a.www.${domain} CNAME`]]);
    expect((await theStep(ledger, 'WriteValidationRecords')).made).toContainEqual({
      type: 'record',
      id: `_a.${domain} CNAME`,
      ours: false,
    });
  });

  test('R5: names the foreign record where a CNAME must stand', async () => {
    const zone = new StubbedZone(route53, [stored(`_a.${domain}`, 'TXT', '"hello"')]);
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`_a.${domain} TXT "hello"`),
    });
    expect(zone.batches).toEqual([]);
  });

  test('R5: writes into no zone while a foreign record is in the way in another one', async () => {
    const zones = [
      aSiteZone({ names: [domain] }),
      aSiteZone({ id: 'ZWWW', name: `www.${domain}`, names: [`www.${domain}`] }),
    ];
    await givenStep(ledger, { name: 'FindZone', output: { zones, nameServers: [] } });
    const free = new StubbedZone(route53);
    new StubbedZone(route53, [stored(`_a.www.${domain}`, 'TXT', '"hello"')], 'ZWWW');
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
    expect(free.batches).toEqual([]);
    expect((await theStep(ledger, 'WriteValidationRecords')).made).toEqual([]);
  });

  test('R5: adopts the foreign record where a CNAME must stand, when it is asked to, and remembers it', async () => {
    await declareAnew(ledger, { adopt: true });
    const theirs = stored(`_a.${domain}`, 'TXT', '"hello"');
    const zone = new StubbedZone(route53, [theirs]);
    await handler(event, context);
    expect(zone.sets).toEqual(expect.arrayContaining(cnames));
    expect((await theStep(ledger, 'WriteValidationRecords')).made).toContainEqual({
      type: 'adopted record',
      id: `_a.${domain} TXT`,
      ours: true,
      detail: `_a.${domain} TXT "hello"`,
      before: { zoneId: 'ZEXAMPLE', set: { name: `_a.${domain}`, type: 'TXT', ttlSeconds: 300, values: ['"hello"'] } },
    });
  });

  test('takes a refused batch for done when the records stand', async () => {
    const zone = new StubbedZone(route53);
    route53.on(ChangeResourceRecordSetsCommand).callsFakeOnce((input) => {
      // The same batch arrived before, and its answer was lost.
      zone.sets = [...cnames];
      return zone.change(input);
    });
    await handler(event, context);
    expect(zone.sets).toEqual(cnames);
  });

  test('A22: writes the rest alone when the step of the viewer certificate was faster with a part of the batch', async () => {
    const zone = new StubbedZone(route53);
    route53.on(ChangeResourceRecordSetsCommand).callsFake((input) => {
      if (zone.sets.length === 0) zone.sets = cnames.slice(0, 1);
      return zone.change(input);
    });
    await handler(event, context);
    expect(zone.sets).toEqual(cnames);
    expect(zone.batches.at(-1)).toEqual([`CREATE _a.www.${domain} CNAME`]);
  });

  test('A22: for the viewer certificate writes the CNAMEs of the served names, and finds those that stand', async () => {
    const cdn = aCdn(domain);
    const origin = { domain: cdn.originName, name: `_a.${cdn.originName}.`, value };
    await declareAnew(ledger, { edge: 'cdn', cdn });
    await givenStep(ledger, {
      name: 'RequestCertificate',
      output: { certificateArn: 'arn:1', records: [...records, origin] },
    });
    const zones = [aSiteZone({ names: [domain, `www.${domain}`, cdn.originName] })];
    await givenStep(ledger, { name: 'FindZone', output: { zones, nameServers: [] } });
    await givenStep(ledger, { name: 'RequestViewerCertificate', output: { certificateArn: 'arn:2', records } });
    const zone = new StubbedZone(route53);
    await handler({ ...anEvent, phase: 'prepare-viewer' }, context);
    expect(zone.sets).toEqual(cnames);
    await handler(event, context);
    expect(zone.batches).toEqual([
      [`CREATE _a.${domain} CNAME`, `CREATE _a.www.${domain} CNAME`],
      [`CREATE _a.origin.${domain} CNAME`],
    ]);
    const made = (await theStep(ledger, 'WriteViewerValidationRecords')).made.map(({ id, ours }) => [id, ours]);
    expect(made).toEqual([
      [`_a.${domain} CNAME`, true],
      [`_a.www.${domain} CNAME`, true],
    ]);
  });

  test('takes nothing for its own that Route 53 refuses for good', async () => {
    new StubbedZone(route53);
    route53.on(ChangeResourceRecordSetsCommand).rejects(new InvalidChangeBatch({ message: 'no', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
    expect((await theStep(ledger, 'WriteValidationRecords')).made).toEqual([]);
  });

  test('R1: leaves a busy zone to the workflow', async () => {
    new StubbedZone(route53);
    route53.on(ChangeResourceRecordSetsCommand).rejects(awsError('PriorRequestNotComplete'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  });

  test('R31: gives a name that only a wildcard answers for the records of the wildcard, in the same batch', async () => {
    const zone = new StubbedZone(route53, [stored('*.example.test', 'A', '198.51.100.9')]);
    await handler(event, context);
    expect(zone.batches).toEqual([
      [
        `CREATE ${domain} A`,
        `CREATE _nameplate.${domain} TXT`,
        `CREATE www.${domain} A`,
        `CREATE _nameplate.www.${domain} TXT`,
        `CREATE _a.${domain} CNAME`,
        `CREATE _a.www.${domain} CNAME`,
      ],
    ]);
    expect(zone.sets).toContainEqual(stored(domain, 'A', '198.51.100.9'));
    await handler(event, context);
    expect(zone.batches).toHaveLength(1);
  });
});
