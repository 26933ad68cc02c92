import { expect, test } from '@jest/globals';
import { markerSet, readMarker } from '../../../domain/records/marker.ts';

const marker = { domain: 'shop.example.test', stack: 'Nameplate', generation: 3 };

test('readMarker() reads what markerSet() writes', () => {
  const set = markerSet('www.shop.example.test', marker);
  expect(set).toEqual({
    name: '_nameplate.www.shop.example.test',
    type: 'TXT',
    ttlSeconds: 300,
    values: ['"heritage=nameplate,stack=Nameplate,site=shop.example.test,generation=3"'],
  });
  expect(readMarker(set)).toEqual(marker);
});

test.each([
  [['"v=spf1 -all"']],
  [['"heritage=external-dns,external-dns/owner=me"']],
  [['"heritage=nameplate,stack=Nameplate,site=shop.example.test,generation=x"']],
  [['"heritage=nameplate,stack=Nameplate,site=shop.example.test,generation=1"', '"and more"']],
  [[]],
])('readMarker() does not take %j for a marker', (values) => {
  expect(readMarker({ values })).toBeUndefined();
});
