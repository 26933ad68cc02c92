import { expect, test } from '@jest/globals';
import { HOME, PLACES, VIEWERS } from '../../../domain/certificates/place.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import { entriesOf } from '../../../resources/manual-record/manual-records.ts';
import type { Scope } from '../../../resources/resource.ts';
import { manualValidation } from '../../../resources/validation-record/manual.ts';
import { aSite, aSiteItem, aStepItem } from '../../support/site.ts';

const site = aSite({ edge: 'cdn', dns: 'external', aliases: [] });
const { domain } = site;
const asked = (name: string) => ({ domain: name, name: `_a.${name}.`, value: '_b.acm-validations.aws.' });
const known: Partial<StepOutputs> = {
  RequestCertificate: { certificateArn: 'arn:home', records: [asked(domain), asked(`origin.${domain}`)] },
  RequestViewerCertificate: { certificateArn: 'arn:viewers', records: [asked(domain)] },
};
const record = {
  item: aSiteItem({ site }),
  steps: Object.entries(known).map(([name, output]) => aStepItem(name, { output })),
  timeline: [],
};
const owner = { domain, stack: 'Nameplate' };
const scope: Scope = { owner, site, record, known, retained: [], now: new Date(0) };

test('A22, A13: a person enters a record that both certificates need once, from either request on', () => {
  const wanted = [`_a.${domain}`, `_a.origin.${domain}`];
  const shown = entriesOf(record, { account: '123456789012', stackName: 'Nameplate' });
  expect(shown.filter((entry) => entry.for === 'validation').map(({ name }) => name)).toEqual(wanted);
  const names = (...places: (typeof HOME)[]) =>
    manualValidation(places)
      .desired(scope)
      .map(({ name }) => name);
  expect(names(...PLACES)).toEqual(wanted);
  expect(names(HOME)).toEqual(wanted);
  expect(names(VIEWERS)).toEqual([`_a.${domain}`]);
  const viewersFirst = { ...record, steps: record.steps.filter(({ name }) => name === VIEWERS.request) };
  const early = entriesOf(viewersFirst, { account: '123456789012', stackName: 'Nameplate' });
  expect(early.filter((entry) => entry.for === 'validation').map(({ name }) => name)).toEqual([`_a.${domain}`]);
});
