import type { FindingCode } from '../../../domain/doctor/codes.ts';
import { DAY, HOUR, keepsAcm, type PlannedSite, STAGES, type Version } from './planned-site.ts';

/** Something that people have to be told of from that moment on. */
export interface Expected {
  domain: string;
  code: FindingCode;
  how: 'Raised' | 'Escalated' | 'Resolved';
  at: number;
  /** Whether it has to be seen twice before. */
  isTwice: boolean;
}

/** All that people are to be told of a site, in the order of time, as a person would say from its plan. */
export function expectedAlerts(site: PlannedSite): Expected[] {
  const { domain, story, trouble, versions, servedLate } = site;
  const expected: Expected[] = [];
  const stands = (
    code: FindingCode,
    from: number,
    { to, grows = [], isTwice = false }: { to: number; grows?: number[]; isTwice?: boolean },
  ) => {
    const grown = grows.map((at) => ({ domain, code, how: 'Escalated' as const, at, isTwice: false }));
    expected.push({ domain, code, how: 'Raised', at: from, isTwice }, ...grown);
    expected.push({ domain, code, how: 'Resolved', at: to, isTwice: false });
  };
  if (trouble) {
    const { from, to } = trouble;
    const isBetween = (at: number) => from < at && at < to;
    if (story === 'CAA added') stands('caaForbidsIssuer', from, { to });
    if (story === 'outage' || story === 'gone and back') stands('portRefused', from, { to, isTwice: true });
    if (story === 'delegation') stands('delegationChanged', from, { to, isTwice: true });
    if (story === 'not attached') stands('certificateUnattached', from, { to, isTwice: true });
    if (story === 'validation record removed') {
      // It is grave once the renewal is due: with 45 days left, or half the lifetime of 47.
      const due = versions.map(({ to: end }) => end - Math.min(45, site.days / 2) * DAY);
      const stood = versions.find(({ replaced }) => from < replaced) as Version;
      stands('validationRecordMissing', from, { to, grows: due.filter((at) => isBetween(at) && at < stood.replaced) });
      if (isBetween(stood.begins)) stands('renewalFails', stood.begins, { to, isTwice: true });
    }
  }
  for (const version of versions) {
    const { from, replaced } = version;
    if (story === 'former one served' && version !== versions[0])
      stands('certificateNotRolledOut', from + 6 * HOUR, { to: from + servedLate, isTwice: true });
    const [first, ...grows] = expiryTold(site, version);
    if (first === undefined) continue;
    const hasThirdOnly = grows.length === 0 && story === 'not attached' && trouble !== undefined && first <= trouble.to;
    const isSixth = stagesOf(site, version)[1] === first;
    stands('certificateExpiring', first, { to: hasThirdOnly && !isSixth ? trouble.to : replaced, grows });
  }
  return expected.sort((one, other) => one.at - other.at);
}

const stagesOf = ({ days }: PlannedSite, { to }: Version): number[] =>
  (STAGES[days] ?? []).map((left) => to - left * DAY);

/** When people are told of the end of a certificate: from the third on of one that nothing renews, from the sixth on of others. */
function expiryTold(site: PlannedSite, version: Version): number[] {
  const { story, trouble } = site;
  const [third = 0, ...others] = stagesOf(site, version).filter((at) => at < version.replaced);
  if (story === 'imported') return third ? [third, ...others] : [];
  if (!keepsAcm(story) || story !== 'not attached' || !trouble) return others;
  const isHidden = third === 0 || third > trouble.to || trouble.from >= version.replaced || trouble.to <= version.from;
  if (isHidden) return others;
  // What was reached before it was detached is told at once, and what comes after one by one.
  const reached = Math.max(third, trouble.from);
  return [reached, ...others.filter((at) => at > reached)];
}
