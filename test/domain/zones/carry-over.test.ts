import { expect, test } from '@jest/globals';
import { carryOver } from '../../../domain/zones/carry-over.ts';

const challenge = { name: '_nameplate-challenge.shop.test', values: ['nameplate-challenge=ours'] };
const owner = { domain: 'shop.test', stack: 'Nameplate' };

/** What falls silent of a TXT record set at the name of the challenge. */
const silenced = (...values: string[]) =>
  carryOver(
    { zone: 'shop.test', sets: [] },
    {
      names: ['shop.test'],
      owner,
      answered: {
        sets: [{ name: challenge.name, type: 'TXT', ttlSeconds: 300, values }],
        complete: true,
        negativeSeconds: 900,
      },
      mayCopy: false,
      challenges: [challenge],
    },
  ).silenced.length;

test("carryOver() asks for no approval of the silence of the site's own challenge, which the site asks for anew", () => {
  expect(silenced('"nameplate-challenge=ours"')).toBe(0);
});

test("carryOver() counts a challenge of another claimant, alone or beside the site's own", () => {
  expect(silenced('"nameplate-challenge=theirs"')).toBe(1);
  expect(silenced('"nameplate-challenge=ours"', '"nameplate-challenge=theirs"')).toBe(1);
});
