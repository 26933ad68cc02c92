import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  GetChangeCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
const change = recording();
const tags = recording();
const create = recording();
const getChange = recording();
const byName = recording();
const records = recording();

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'route53',
        global: true,
        protocol: 'restXml',
        model: () => import('@aws-sdk/client-route-53'),
        operations: {
          ChangeResourceRecordSets: change,
          ChangeTagsForResource: tags,
          CreateHostedZone: create,
          GetChange: getChange,
          ListHostedZonesByName: byName,
          ListResourceRecordSets: records,
        },
      },
    ],
  });
});
afterAll(() => aws.close());

const zone = (name: string) => ({ Id: '/hostedzone/Z1', Name: name, CallerReference: 'c' });

describe('inputs', () => {
  test('arrive from path and body with lists, structures and characters of every kind', async () => {
    const ChangeBatch = {
      Comment: `<ä> & "ü" ' \u{1F512}`,
      Changes: [
        {
          Action: 'CREATE' as const,
          ResourceRecordSet: {
            Name: 'a.example.test',
            Type: 'TXT' as const,
            TTL: 300,
            ResourceRecords: [{ Value: '"one"' }, { Value: '"two  spaces"' }],
          },
        },
        {
          Action: 'DELETE' as const,
          ResourceRecordSet: {
            Name: '\\052.example.test',
            Type: 'A' as const,
            AliasTarget: { HostedZoneId: 'Z2', DNSName: 'x.elb.amazonaws.com', EvaluateTargetHealth: false },
          },
        },
      ],
    };
    change.answer = { ChangeInfo: { Id: '/change/C1', Status: 'PENDING', SubmittedAt: aws.clock.now() } };
    await aws
      .client(Route53Client)
      .send(new ChangeResourceRecordSetsCommand({ HostedZoneId: '/hostedzone/Z1', ChangeBatch }));
    expect(change.inputs.at(-1)).toEqual({ HostedZoneId: 'Z1', ChangeBatch });
  });

  test('arrive from the query', async () => {
    records.answer = { ResourceRecordSets: [], IsTruncated: false, MaxItems: 7 };
    const input = { HostedZoneId: 'Z1', StartRecordName: 'a b&ü.test', StartRecordType: 'A' as const, MaxItems: 7 };
    await aws.client(Route53Client).send(new ListResourceRecordSetsCommand(input));
    expect(records.inputs.at(-1)).toEqual(input);
  });

  test('arrive at the most specific of two paths', async () => {
    byName.answer = { HostedZones: [zone('example.test.')], IsTruncated: false, MaxItems: 100 };
    const answer = await aws.client(Route53Client).send(new ListHostedZonesByNameCommand({ DNSName: 'example.test' }));
    expect(byName.inputs.at(-1)).toEqual({ DNSName: 'example.test' });
    expect(answer.HostedZones).toEqual([zone('example.test.')]);
  });

  test('arrive with two labels of a path', async () => {
    const input = {
      ResourceType: 'hostedzone' as const,
      ResourceId: 'Z1',
      AddTags: [{ Key: 'k', Value: 'v' }],
      RemoveTagKeys: ['x'],
    };
    await aws.client(Route53Client).send(new ChangeTagsForResourceCommand(input));
    expect(tags.inputs.at(-1)).toEqual(input);
  });
});

describe('outputs', () => {
  test('go out with header, status, instants and lists', async () => {
    const output = {
      HostedZone: {
        ...zone('ä.example.test.'),
        Config: { PrivateZone: false, Comment: '' },
        ResourceRecordSetCount: 2,
      },
      ChangeInfo: { Id: '/change/C1', Status: 'PENDING' as const, SubmittedAt: new Date('2026-11-22T12:00:00.123Z') },
      DelegationSet: { NameServers: ['ns-1.test', 'ns-2.test'] },
      Location: 'https://route53.amazonaws.com/2013-04-01/hostedzone/Z1',
    };
    create.answer = output;
    const answer = await aws
      .client(Route53Client)
      .send(new CreateHostedZoneCommand({ Name: 'example.test', CallerReference: 'c' }));
    expect(answer).toMatchObject(output);
    expect(answer.$metadata.httpStatusCode).toBe(201);
  });

  test('stand in the namespace of the service', async () => {
    getChange.answer = {
      ChangeInfo: { Id: '/change/C1', Status: 'INSYNC', SubmittedAt: new Date('2026-11-22T12:00:00Z') },
    };
    const answer = await fetch(`${aws.url}/2013-04-01/change/C1`);
    expect(await answer.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<GetChangeResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' +
        '<ChangeInfo><Id>/change/C1</Id><Status>INSYNC</Status><SubmittedAt>2026-11-22T12:00:00Z</SubmittedAt></ChangeInfo>' +
        '</GetChangeResponse>',
    );
  });
});

describe('errors', () => {
  test('carry the members of their shape', async () => {
    const messages = ["Tried to create 'a'", 'but <it> exists'];
    change.answer = new AwsError('InvalidChangeBatch', `[${messages.join(', ')}]`, { messages });
    await expect(
      aws
        .client(Route53Client)
        .send(new ChangeResourceRecordSetsCommand({ HostedZoneId: 'Z1', ChangeBatch: { Changes: [] } })),
    ).rejects.toMatchObject({
      name: 'InvalidChangeBatch',
      message: `[${messages.join(', ')}]`,
      messages,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('have the status of the schema', async () => {
    getChange.answer = new AwsError('NoSuchChange', 'A change with the specified change ID does not exist.');
    await expect(aws.client(Route53Client).send(new GetChangeCommand({ Id: 'C1' }))).rejects.toMatchObject({
      name: 'NoSuchChange',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('say that a path is not well encoded', async () => {
    const answer = await fetch(`${aws.url}/2013-04-01/change/%zz`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidInput</Code>');
  });

  test('are those of AWS for a path that is no operation, such as one with an empty id', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261122/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=00';
    const answer = await fetch(`${aws.url}/2013-04-01/hostedzone/`, { method: 'DELETE', headers: { authorization } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('<UnknownOperationException/>\n');
  });

  test('say that a document cannot be read', async () => {
    const answer = await fetch(`${aws.url}/2013-04-01/hostedzone`, {
      method: 'POST',
      body: '<CreateHostedZoneRequest><Name>',
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidInput</Code>');
  });

  test('name the members that are missing', async () => {
    const body = '<CreateHostedZoneRequest xmlns="x"><Name>example.test</Name></CreateHostedZoneRequest>';
    const answer = await fetch(`${aws.url}/2013-04-01/hostedzone`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Value null at &#39;callerReference&#39;');
  });
});
