import type * as z from 'zod/mini';
import { expiryStages, renewalBegins } from '../../domain/care/expiry-stages.ts';
import type { certificateList } from '../../domain/care/view.ts';
import { displayName } from '../parts/display-name.ts';
import { fromNow } from '../parts/duration.ts';
import type { Tone } from '../parts/tone.ts';
import { stageOf } from './stage.ts';
import { percentOf, type TimeAxis } from './time-axis.ts';

export type CertificateView = z.output<typeof certificateList>['certificates'][number];

/** A stretch of the axis in percent of its width, within its ends. */
export interface Stretch {
  left: number;
  width: number;
}

export interface CertificateBar extends Stretch {
  /** Whether it begins before the axis, and ends after it. */
  isCutLeft: boolean;
  isCutRight: boolean;
  /** When ACM renews it; undefined where it does not, or where the axis ends before. */
  renewal: Stretch | undefined;
  /** Where the stages begin at which people are told of its end, in percent of the axis. */
  stages: number[];
}

/** How its renewal stands, in words. */
export const RENEWAL_WORDS: Record<CertificateView['renewal'], string> = {
  automatic: 'ACM renews it',
  running: 'ACM is renewing it',
  failing: 'ACM cannot renew it',
  'not-eligible': 'ACM will not renew it',
  'by-hand': 'Imported, by hand',
  'by-server': 'Its server renews it',
};

/** Who sees it. */
export const PLACE_WORDS: Record<CertificateView['place'], string> = {
  edge: 'for viewers',
  origin: 'for CloudFront',
  page: 'for the maintenance page',
};

const BY_ACM: readonly CertificateView['renewal'][] = ['automatic', 'running', 'failing'];

/** Certificates that are not renewed unless a person acts. */
const BY_A_PERSON: readonly CertificateView['renewal'][] = ['failing', 'not-eligible'];

const lifetimeOf = ({ validFrom, validTo }: CertificateView) => ({
  validFrom: new Date(validFrom),
  validTo: new Date(validTo),
});

/** One of all rows: a certificate has no id of its own in the API. */
export const keyOf = ({ domain, place, arn, validFrom, names }: CertificateView): string =>
  [domain, place, arn ?? `${validFrom} ${names.join()}`].join(' ');

/** When ACM renews it, in milliseconds; undefined where it does not. */
export function renewalSpan(certificate: CertificateView): { from: number; to: number } | undefined {
  if (!BY_ACM.includes(certificate.renewal)) return undefined;
  const lifetime = lifetimeOf(certificate);
  const to = lifetime.validTo.getTime();
  return { from: to - renewalBegins(lifetime), to };
}

export function barOf(certificate: CertificateView, axis: TimeAxis): CertificateBar {
  const lifetime = lifetimeOf(certificate);
  const ends = lifetime.validTo.getTime();
  const begins = lifetime.validFrom.getTime();
  const renews = renewalSpan(certificate);
  return {
    ...(stretch(axis, begins, ends) ?? { left: begins > axis.to ? 100 : 0, width: 0 }),
    isCutLeft: begins < axis.from,
    isCutRight: ends > axis.to,
    renewal: renews && stretch(axis, renews.from, renews.to),
    stages: expiryStages(lifetime)
      .map((left) => percentOf(axis, ends - left))
      .filter((at) => at > 0 && at < 100),
  };
}

function stretch(axis: TimeAxis, from: number, to: number): Stretch | undefined {
  const left = Math.max(0, percentOf(axis, from));
  const width = Math.min(100, percentOf(axis, to)) - left;
  return width > 0 ? { left, width } : undefined;
}

/** How it stands: its renewal and its end, the graver of both in colour. */
export function standingOf(certificate: CertificateView, now: Date): { tone: Tone; words: string | undefined } {
  const { renewal } = certificate;
  const renewsItself = renewal === 'automatic' || renewal === 'running' || renewal === 'by-server';
  const stage = stageOf(lifetimeOf(certificate), { renewsItself, now });
  if (stage?.tone === 'bad' || stage?.tone === 'warn') return stage;
  if (BY_A_PERSON.includes(renewal)) return { tone: 'warn', words: stage?.words };
  return { tone: renewal === 'running' ? 'busy' : 'good', words: stage?.words };
}

/** "47 days", "5 h", "ended 3 days ago". */
export function leftWords({ validTo }: Pick<CertificateView, 'validTo'>, now: Date): string {
  const ms = Date.parse(validTo) - now.getTime();
  const hours = Math.floor(Math.abs(ms) / 3_600_000);
  const days = Math.floor(hours / 24);
  const much = days === 1 ? '1 day' : days > 1 ? `${days} days` : hours >= 1 ? `${hours} h` : 'less than 1 h';
  return ms <= 0 ? `ended ${much} ago` : much;
}

/** What the last look has found of it: "98 days left, seen at 2 addresses 5 min ago". */
export function lastLook(certificate: CertificateView, now: Date): string {
  const { servedAt, seenAt, validTo } = certificate;
  const left = leftWords(certificate, now) + (Date.parse(validTo) > now.getTime() ? ' left' : '');
  const where =
    servedAt.length === 0 ? 'looked at' : `seen at ${servedAt.length} address${servedAt.length > 1 ? 'es' : ''}`;
  return `${left}, ${where} ${fromNow(new Date(seenAt), now)}`;
}

/** Whether a certificate has each of these words somewhere: in its names, its renewal, its type, where it is served. */
export function isFound(certificate: CertificateView, words: string): boolean {
  const { domain, names, renewal, type, place, tenant = '', arn = '', region = '', servedAt } = certificate;
  const said = [RENEWAL_WORDS[renewal], PLACE_WORDS[place], ...servedAt.map(({ address }) => address)];
  const text = [domain, displayName(domain), ...names, type, tenant, arn, region, ...said].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** At how many addresses it is seen from outside: "2 addresses". */
export function servedWords({ servedAt }: CertificateView): string {
  const addresses = new Set(servedAt.map(({ address }) => address)).size;
  if (addresses === 0) return 'not seen served';
  return addresses === 1 ? '1 address' : `${addresses} addresses`;
}
