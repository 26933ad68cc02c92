import { answered } from '../../../domain/doctor/seen.ts';
import type { Verdict } from '../../../domain/gates/verdict.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { originAdvice } from '../../../domain/probes/origin-advice.ts';
import { judgeOrigin, type OriginFinding, type OriginSeen } from '../../../domain/probes/origin-tls.ts';
import { unseenInWords } from '../../../domain/probes/probe-result.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { GateScope } from '../../gate.ts';
import { siteOf } from '../../scope.ts';

/** What was seen of the origin; undefined where nothing has to be. */
export type OriginSight = OriginSeen | undefined;

/** Findings that are said in full; a server under ten names may have thirty. */
const MOST_SAID = 3;

/** A server is mended by a person, which takes hours: it is waited for, whatever is wrong. */
export function judgeOriginReady(seen: OriginSight, scope: GateScope): Verdict<Record<string, never>> {
  const site = siteOf(scope);
  const { label } = originOf(site);
  if (!seen) return { state: 'open', output: {}, message: `Nothing has to be seen of ${label} itself` };
  const { findings, unseen, told } = originVerdict(seen, site, scope.now);
  if (findings.length > 0) {
    return {
      state: 'closed',
      message: `Waiting until ${label} is mended: ${findingsInWords(findings, site, scope.known.RequestCertificate?.certificateArn)}`,
    };
  }
  const at = answeredAt(seen);
  const answers =
    at.length === 0
      ? `Nothing was seen of ${label} that would be refused`
      : `${sentence(label)} answers at ${at.join(', ')} port ${seen.port} with a certificate that is accepted`;
  const also = told.length > 0 ? `. To be known: ${told.join('. ')}` : '';
  return { state: 'open', output: {}, message: `${answers}${unseenInWords(unseen)}${also}` };
}

/** The addresses that speak TLS. */
export const answeredAt = ({ looks }: OriginSeen): string[] =>
  [...new Set(looks.filter(({ tls }) => answered(tls)).map(({ address }) => address))].sort();

/** What keeps the client of the origin from it, as that would answer viewers. */
export function originVerdict(seen: OriginSeen, site: Site, now: Date): ReturnType<typeof judgeOrigin> {
  const client = site.cdn ? 'cloudfront' : 'viewers';
  const { lock = false } = site.cdn ?? {};
  return judgeOrigin(seen, { now, client, locked: lock || originOf(site).loadBalancerArn !== undefined });
}

/** Each fault once, with the first place where it was met, and what mends several of them once. */
export function findingsInWords(findings: readonly OriginFinding[], site: Site, certificateArn?: string): string {
  const faults = [...Map.groupBy(findings, ({ code }) => code).values()];
  const advised = new Set<string>();
  const said = faults.slice(0, MOST_SAID).map(([first, ...others]) => {
    if (!first) return '';
    const advice = originAdvice(first, site, certificateArn);
    const news = advised.has(advice) ? '' : advice;
    advised.add(advice);
    return `${first.message}${news}${others.length > 0 ? ` (and ${others.length} more alike)` : ''}`;
  });
  const rest = faults.length - said.length;
  return [...said, ...(rest > 0 ? [`${rest} more faults are told once these are mended`] : [])].join('; ');
}

const sentence = (label: string): string => `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
