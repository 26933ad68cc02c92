import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { listPublicZones } from '../../../aws/zones/list-zones.ts';

const route53 = mockClient(Route53Client);
beforeEach(() => {
  route53.reset();
});

const zone = (id: string, name: string, privateZone = false) => ({
  Id: `/hostedzone/${id}`,
  Name: name,
  CallerReference: id,
  Config: { PrivateZone: privateZone },
});
const page = { MaxItems: 100, Marker: '' };

test('listPublicZones() reads every page and leaves out the dot and the prefix', async () => {
  route53
    .on(ListHostedZonesCommand)
    .resolves({ ...page, HostedZones: [zone('Z1', 'Example.test.')], IsTruncated: true, NextMarker: 'Z2' })
    .on(ListHostedZonesCommand, { Marker: 'Z2' })
    .resolves({ ...page, HostedZones: [zone('Z2', 'shop.example.test.')], IsTruncated: false });
  expect(await listPublicZones(new Route53Client({}))).toEqual([
    { id: 'Z1', name: 'example.test' },
    { id: 'Z2', name: 'shop.example.test' },
  ]);
});

test('R13: listPublicZones() leaves private zones out', async () => {
  route53
    .on(ListHostedZonesCommand)
    .resolves({ ...page, HostedZones: [zone('Z1', 'a.test.', true)], IsTruncated: false });
  expect(await listPublicZones(new Route53Client({}))).toEqual([]);
});

test('R3: a page that fails is not an empty list', async () => {
  route53
    .on(ListHostedZonesCommand)
    .resolves({ ...page, HostedZones: [zone('Z1', 'a.test.')], IsTruncated: true, NextMarker: 'Z2' })
    .on(ListHostedZonesCommand, { Marker: 'Z2' })
    .rejects(Object.assign(new Error('Rate exceeded'), { name: 'Throttling' }));
  await expect(listPublicZones(new Route53Client({}))).rejects.toThrow('Rate exceeded');
});
