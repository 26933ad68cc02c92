import { ACMClient } from '@aws-sdk/client-acm';
import { describeCertificate } from '../../aws/certificates/describe-certificate.ts';
import { type ListedCertificate, listCertificates } from '../../aws/certificates/list-certificates.ts';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import type { Left } from '../../aws/ledger/items.ts';
import { entryTarget } from '../../domain/entries/entry.ts';
import { canonicalRecordName, inWords, type RecordSet, targetOf } from '../../domain/records/record-set.ts';
import { planValidationRemoval, validationAmong } from '../../domain/records/removal.ts';
import type { ZoneView } from '../../domain/records/zone-view.ts';
import { isAtOrBelow } from '../../domain/zones/longest-match.ts';
import { dnsStep } from '../dns-step.ts';
import { entriesOf, lookAtEntries } from '../entries.ts';
import { ADOPTED_RECORD, formerIn, madeOf, writtenTo } from '../made-of.ts';
import { recordGone, writeRecords } from '../write-records.ts';
import { readZonesOfNames } from '../zones-of-names.ts';

/** Where CloudFront's certificates are, beside those of the function's own region. Source: ACM User Guide, checked 2026-11-22. */
const CLOUDFRONT_REGION = 'us-east-1';

/**
 * Takes back the validation records that we wrote, unless another certificate of the account is validated by them: ACM
 * gives each name one record, whoever asks, and without it that certificate is never renewed (failures, finding 2, A14).
 */
export const removeValidationRecords = (newResolver: () => Resolver) =>
  dnsStep('RemoveValidationRecords', {
    inRoute53: async ({ route53, site, item, record, environment }) => {
      const owner = { domain: site.domain, stack: environment.stackName };
      const gone: RecordSet[] = [];
      const left: Left[] = [];
      for (const zone of await readZonesOfNames(route53, record)) {
        const written = writtenTo(record, zone.id);
        const former = formerIn(record, zone.id);
        const ours = validationAmong(written);
        const needed = ours.length > 0 ? await validatedBy(ours, environment.region) : new Set<string>();
        const plan = (view: ZoneView) =>
          planValidationRemoval(view, { names: zone.names, owner, written, former, needs: (name) => needed.has(name) });
        const planned = plan(zone.view);
        const comment = `Nameplate: undo ${site.domain} r${item.revision}`;
        await writeRecords(route53, { zone, plan: (view) => plan(view).changes, comment, item, stack: owner.stack });
        gone.push(...planned.gone);
        left.push(
          ...planned.left.map(({ set, why }) => ({
            type: 'record',
            id: targetOf(set),
            why: `${why}: ${inWords(set)}`,
          })),
        );
      }
      // Where our record has to stay, what stood there before is remembered for the next undo.
      const adopted = madeOf(record, ADOPTED_RECORD).filter(
        ({ before }) => !left.some(({ id }) => before && 'set' in before && id === `${before.set.name} CNAME`),
      );
      return {
        gone: [...gone.map(recordGone), ...adopted],
        output: { left },
        message: gone.length > 0 ? `Removed ${gone.map(targetOf).join(', ')}` : 'No validation record of ours can go',
      };
    },
    elsewhere: async ({ record, environment }) => {
      const entries = entriesOf(record, environment).filter((entry) => entry.for !== 'traffic');
      const looked = await lookAtEntries(newResolver(), entries);
      const standing = looked.filter(({ seen }) => seen !== 'missing' && seen !== 'unchecked');
      const needed = await validatedBy(standing, environment.region);
      const left = standing.map((entry) => ({
        type: 'record',
        id: entryTarget(entry),
        why: whyItStands(entry, needed),
      }));
      const message = left.length > 0 ? `Yours to remove: ${left.map(({ id }) => id).join(', ')}` : 'No record is left';
      return { output: { left }, message };
    },
  });

export const handler = removeValidationRecords(() => new Resolver());

function whyItStands({ name }: { name: string }, needed: ReadonlySet<string>): string {
  return needed.has(name)
    ? 'you entered it, and another certificate of the account is validated and renewed by it: leave it'
    : 'you entered it at your DNS provider, and nothing needs it any more: remove it there';
}

/** The names of the validation records that certificates of the account, ours being gone by now, still need. */
async function validatedBy(ours: readonly Pick<RecordSet, 'name'>[], region: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const each of new Set([region, CLOUDFRONT_REGION])) {
    const acm = client(ACMClient, { region: each });
    for (const { arn } of (await listCertificates(acm)).filter((listed) => mayNeed(listed, ours))) {
      const certificate = await describeCertificate(acm, arn);
      for (const { record } of certificate?.validation ?? []) if (record) names.add(canonicalRecordName(record.name));
    }
  }
  return names;
}

/** "_x.shop.example.test" validates "shop.example.test" and "*.shop.example.test"; an unknown list of names may hold either. */
function mayNeed({ names }: ListedCertificate, ours: readonly Pick<RecordSet, 'name'>[]): boolean {
  return names?.some((name) => ours.some((set) => isAtOrBelow(set.name, name.replace(/^\*\./, '')))) ?? true;
}
