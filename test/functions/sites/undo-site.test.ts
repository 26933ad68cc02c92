import {
  DescribeCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { resourceName } from '../../../domain/ownership.ts';
import { markerSet } from '../../../domain/records/marker.ts';
import { handler } from '../../../functions/sites/undo-site.ts';
import { recordMade } from '../../../resources/record/write-records.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useEmptyAccount } from '../../support/empty-account.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSet } from '../../support/records.ts';
import { useRemovalSurvey } from '../../support/removal-survey.ts';
import { arn } from '../../support/removing.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { domain, givenStep, owner, ownTags } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
useRemovalSurvey();
const { acm, route53, elb } = useEmptyAccount();
const states = mockClient(SFNClient);
const liveAt = '2026-11-22T12:05:00.000Z';
const line = `Delete ${domain} A 203.0.113.7 from the zone "example.test" (ZEXAMPLE)`;
const deletion = { zoneId: 'ZEXAMPLE', set: aSet(domain, 'A', '203.0.113.7') };

const marked = (name: string, value: string, site = name) => {
  const marker = markerSet(name, { ...owner, domain: site, generation: 1 });
  return [stored(name, 'A', value), stored(marker.name, 'TXT', ...marker.values)];
};
/** Other sites of this stack in the same zone, with an address each. */
const others = (count: number) =>
  Array.from({ length: count }, (_, n) => marked(`blog-${n}.example.test`, '203.0.113.9')).flat();

let zone: StubbedZone;
beforeEach(async () => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  route53.on(ListHostedZonesCommand).resolves({
    HostedZones: [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'x' }],
    IsTruncated: false,
    MaxItems: 100,
    Marker: '',
  });
  zone = new StubbedZone(route53, marked(domain, '203.0.113.7'));
  const made = [aSet(domain, 'A', '203.0.113.7'), markerSet(domain, { ...owner, generation: 1 })];
  await givenStep(ledger, { name: 'PointRecords', made: made.map((set) => recordMade(set, 'ZEXAMPLE')) });
});

const given = (changes: Partial<SiteItem>) =>
  writeSite(ledger, aSettledSiteItem({ site: aSite({ aliases: [] }), ...changes }), { over: undefined });

async function undo(body?: unknown) {
  const path = `/v1/sites/${domain}/undo`;
  const request = aRequest({ method: 'POST', path, parameters: { domain }, body });
  const answer = await handler(request, apiContext);
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
}
const operation = async () => (await readSiteItem(ledger, domain))?.operation;

describe('POST /v1/sites/{domain}/undo of a site that was live', () => {
  test('S14: lists what it would delete, with counts, limits and the checksum to send, and changes nothing', async () => {
    await given({ liveAt });
    const before = await ledger.everything();
    const { status, json } = await undo();
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:needs-approval']);
    expect(json.errors).toEqual([{ pointer: '#/approve', detail: line }]);
    expect(json.approval).toEqual({
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      zones: [{ zone: 'example.test', deletions: 1, ours: 1 }],
      limits: { deletions: 5, percent: 30 },
    });
    expect(json.detail).toContain(`approve exactly it by its checksum, "${json.approval.checksum}"`);
    expect(await ledger.everything()).toEqual(before);
  });

  test('S14: begins with exactly the list that was approved', async () => {
    await given({ liveAt });
    const { json } = await undo();
    expect((await undo({ approve: json.approval.checksum })).status).toBe(202);
    expect(await operation()).toMatchObject({ name: 'undo', deletes: [deletion] });
  });

  test('S14: refuses the checksum of another list, and shows the one that it would be', async () => {
    await given({ liveAt });
    const { json } = await undo();
    const written = [aSet(domain, 'A', '203.0.113.7'), aSet(`_x.${domain}`, 'CNAME', '_y.acm-validations.aws.')];
    await givenStep(ledger, {
      name: 'WriteValidationRecords',
      made: written.map((set) => recordMade(set, 'ZEXAMPLE')),
    });
    zone.sets.push(stored(`_x.${domain}`, 'CNAME', '_y.acm-validations.aws.'));
    const stale = await undo({ approve: json.approval.checksum });
    expect(stale.status).toBe(409);
    expect(stale.json.detail).toContain('the list is not the one that was approved');
    expect(stale.json.errors).toHaveLength(2);
    expect((await undo({ approve: stale.json.approval.checksum })).status).toBe(202);
  });

  test('S14: needs no approval for a small part of what is ours in the zone', async () => {
    await given({ liveAt });
    zone.sets.push(...others(3));
    expect((await undo()).status).toBe(202);
    expect(await operation()).toMatchObject({ deletes: [deletion] });
  });

  test('S14: counts nothing of another stack for ours', async () => {
    await given({ liveAt });
    zone.sets.push(
      ...others(3).map((set) => JSON.parse(JSON.stringify(set).replace('stack=Nameplate', 'stack=Other'))),
    );
    expect((await undo()).json.approval.zones).toEqual([{ zone: 'example.test', deletions: 1, ours: 1 }]);
  });

  test.each(['{"approve": "yes"}', '{"approved": true}', '[]'])('answers 400 to %s', async (body) => {
    await given({ liveAt });
    const { status, json } = await undo(body);
    expect([status, json.errors[0].pointer]).toEqual([400, '#/approve']);
  });
});

test('an undo of a site that never was live takes back what it made, without approval', async () => {
  await given({ state: 'held' });
  expect((await undo()).status).toBe(202);
  expect(await operation()).not.toHaveProperty('deletes');
});

describe('C3: POST /v1/sites/{domain}/undo with something of others attached', () => {
  const named = { LoadBalancerArn: arn, LoadBalancerName: resourceName(domain), Type: 'application' as const };
  beforeEach(() => {
    elb
      .on(DescribeLoadBalancersCommand)
      .resolves({ LoadBalancers: [{ ...named, DNSName: 'np-1.elb.amazonaws.com' }] })
      .on(DescribeTagsCommand)
      .resolves({ TagDescriptions: [{ ResourceArn: arn, Tags: ownTags }] })
      .on(DescribeLoadBalancerAttributesCommand)
      .resolves({ Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] });
  });

  test.each([
    ['was live', { liveAt }, [line]],
    ['never was live', { state: 'held' as const }, []],
  ])('is refused for a site that %s, names it with the fix, and changes nothing', async (_, item, deletions) => {
    await given(item);
    zone.sets.push(...others(3));
    const before = await ledger.everything();
    const { status, json } = await undo();
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:needs-approval']);
    const why = 'its deletion protection is on. Turn it off, then try again';
    expect(json.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
      ...deletions,
      `Retain the load balancer ${arn}: ${why}`,
    ]);
    expect(json.approval.retained).toEqual([{ type: 'load balancer', id: arn, why }]);
    expect(json.detail).toContain('1 resource cannot be removed');
    expect(await ledger.everything()).toEqual(before);
    expect((await undo({ approve: json.approval.checksum })).status).toBe(202);
    expect(await operation()).toMatchObject({ name: 'undo', retains: [arn] });
  });

  test('an approval does not count for what was attached since', async () => {
    await given({ liveAt });
    const { json } = await undo();
    elb.on(DescribeListenersCommand).resolves({ Listeners: [{ ListenerArn: 'arn:8443', Port: 8443 }] });
    elb.on(DescribeTagsCommand, { ResourceArns: ['arn:8443'] }).resolves({
      TagDescriptions: [{ ResourceArn: 'arn:8443', Tags: [] }],
    });
    const stale = await undo({ approve: json.approval.checksum });
    expect(stale.status).toBe(409);
    expect(stale.json.detail).toContain('the list is not the one that was approved');
    expect(stale.json.approval.retained).toMatchObject([{ type: 'listener', id: 'arn:8443' }, { id: arn }]);
  });
});

describe('the list of an undo', () => {
  const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
  const validating = aSet(`_x.${domain}`, 'CNAME', '_y.acm-validations.aws.');
  const validation = {
    DomainName: domain,
    ResourceRecord: { Name: `_x.${domain}.`, Type: 'CNAME' as const, Value: '_y.acm-validations.aws.' },
  };

  /** The site's certificate, and what ACM says is served with it. */
  async function certified(inUseBy: string[]): Promise<void> {
    await givenStep(ledger, { name: 'WriteValidationRecords', made: [recordMade(validating, 'ZEXAMPLE')] });
    await givenStep(ledger, {
      name: 'RequestCertificate',
      made: [{ type: 'certificate', id: certificate, ours: true }],
    });
    zone.sets.push(stored(validating.name, 'CNAME', ...validating.values));
    const summary = { CertificateArn: certificate, DomainName: domain, SubjectAlternativeNameSummaries: [domain] };
    acm
      .on(ListCertificatesCommand)
      .resolves({ CertificateSummaryList: [{ ...summary, Status: 'ISSUED', CreatedAt: new Date(0) }] })
      .on(ListTagsForCertificateCommand)
      .resolves({ Tags: ownTags })
      .on(DescribeCertificateCommand)
      .resolves({
        Certificate: {
          CertificateArn: certificate,
          DomainName: domain,
          SubjectAlternativeNames: [domain],
          Status: 'ISSUED',
          DomainValidationOptions: [validation],
          InUseBy: inUseBy,
        },
      });
  }
  const listed = async (): Promise<string[]> =>
    (await undo()).json.errors.map(({ detail }: { detail: string }) => detail);

  test('has the validation records of a certificate that goes, and says what the step that deletes them looks for first', async () => {
    await certified([]);
    await given({ liveAt });
    expect(await listed()).toEqual([
      line,
      `Delete _x.${domain} CNAME _y.acm-validations.aws from the zone "example.test" (ZEXAMPLE), unless a certificate in another region is renewed by it`,
    ]);
  });

  test('has none of those of a certificate that is retained, which is renewed by them', async () => {
    await certified(['arn:aws:cloudfront::123456789012:distribution/E1']);
    await given({ liveAt });
    expect(await listed()).toEqual([line, expect.stringContaining(`Retain the certificate ${certificate}`)]);
    const { approval } = (await undo()).json;
    expect((await undo({ approve: approval.checksum })).status).toBe(202);
    expect(await operation()).toMatchObject({ deletes: [deletion], retains: [certificate] });
  });
});
