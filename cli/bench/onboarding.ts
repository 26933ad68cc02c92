import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { lookAt } from '../../aws/doctor/look.ts';
import { answered } from '../../domain/doctor/seen.ts';
import { DEFAULT_EDGE, type EdgeName } from '../../domain/edges/edge.ts';
import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { Api } from '../api.ts';
import { throughProxy } from '../doctor/through-proxy.ts';
import { lowerBound } from '../lower-bound.ts';
import { makeWorld } from '../world.ts';
import { DOMAIN, makeDelegatedZone } from './delegated-zone.ts';

/** What one onboarding took, on AWS time that goes from one due instant to the next. */
export interface Onboarding {
  seed: number;
  /** Request to verified HTTPS, in seconds. */
  seconds: number;
  boundSeconds: number;
  /** From ACM's issue to the next call that changes something, in seconds. */
  afterIssueSeconds: number;
  /** From the first look at the certificate after its issue to the next call that changes something, in seconds. */
  recoveredSeconds: number;
  /** DescribeCertificate calls of the step that waits, beyond the one look after storing its token. */
  extraPolls: number;
  /** How many calls each service had. */
  calls: Record<string, number>;
  billedStates: number;
  /** Mutating calls of the same request sent a second time, with the same Idempotency-Key. */
  secondMutating: number;
  /** Wall time of the doctor's look at the site from outside, in seconds. */
  doctorSeconds: number;
}

export interface Measuring {
  assembly: string;
  seed: number;
  /** What viewers connect to. Default: a load balancer. */
  edge?: EdgeName;
  /** Whether ACM's event never arrives. */
  loseEvent?: boolean;
}

/**
 * Onboards one site, in a zone that exists and is delegated.
 *
 * @throws {Error} when the site does not go live
 */
export async function measureOnboarding({
  assembly,
  seed,
  edge = DEFAULT_EDGE,
  loseEvent = false,
}: Measuring): Promise<Onboarding> {
  const aws = await startLocalAws({ assembly, seed, speed: 0 });
  try {
    const world = await makeWorld(aws.url, aws.region);
    await makeDelegatedZone(aws);
    const executions = new Set<string>();
    aws.states.onEvent(({ executionArn }) => executions.add(executionArn));
    if (loseEvent) aws.events.faults.add({ detailType: 'ACM Certificate Available', kind: 'lose', times: 2 });
    const [mark, drawnBefore] = [aws.calls.mark(), aws.draws.drawn.length];
    const document = JSON.stringify({ domain: DOMAIN, edge, origin: { instance: { id: world.instanceId } } });
    const api = new Api(aws.apiUrl);
    const location = await api.declare(document, { 'idempotency-key': 'bench' });
    await aws.clock.until(() => executions.size > 0 && aws.states.running().length === 0);
    const site = await api.site(location);
    if (site.state !== 'live') throw new Error(`Seed ${seed} did not go live: ${site.reason?.message}`);
    const calls = aws.calls.since(mark);
    const issuedAt = await issueOf(aws);
    const checkedAt =
      calls.find(({ operation, at }) => operation === 'DescribeCertificate' && at >= issuedAt)?.at ?? issuedAt;
    const next = calls.find(({ at, mutating, service }) => mutating && worldly.has(service) && at >= issuedAt);
    const since = (instant: Date): number => ((next?.at.getTime() ?? Number.NaN) - instant.getTime()) / 1000;
    // What the first request still has under way (a notification) is not the second's.
    await aws.clock.advance(60_000);
    const doctorSeconds = await measureDoctor(aws);
    const secondMark = aws.calls.mark();
    await api.declare(document, { 'idempotency-key': 'bench' });
    await aws.clock.idle();
    return {
      seed,
      seconds: (Date.parse(site.liveAt ?? '') - Date.parse(site.createdAt)) / 1000,
      boundSeconds: lowerBound(aws.draws.drawn.slice(drawnBefore)),
      afterIssueSeconds: since(issuedAt),
      recoveredSeconds: since(checkedAt),
      extraPolls:
        calls.filter(
          ({ operation, principal }) => operation === 'DescribeCertificate' && principal.includes('AwaitCertificate'),
        ).length - 1,
      calls: countBy(calls.map(({ service }) => service)),
      billedStates: [...executions].reduce((sum, arn) => sum + (aws.states.transitions(arn) ?? 0), 0),
      doctorSeconds,
      secondMutating: aws.calls.since(secondMark).filter(({ mutating }) => mutating).length,
    };
  } finally {
    await aws.close();
  }
}

async function measureDoctor(aws: LocalAws): Promise<number> {
  const begun = performance.now();
  const connect = throughProxy(new URL(aws.proxy));
  const { endpoints } = await lookAt(DOMAIN, { connect, documentation: true, now: aws.clock.now() });
  if (endpoints.length === 0 || !endpoints.every(({ secure }) => answered(secure))) {
    throw new Error('Cannot measure the doctor: an address of the site gives no answer');
  }
  return (performance.now() - begun) / 1000;
}

/** Services whose calls change the world outside of Nameplate's own bookkeeping. */
const worldly = new Set(['acm', 'ec2', 'elasticloadbalancing', 'route53']);

/** When ACM issued the account's last certificate. */
async function issueOf(aws: LocalAws): Promise<Date> {
  const acm = new ACMClient({
    endpoint: aws.url,
    region: aws.region,
    credentials: { accessKeyId: 'you', secretAccessKey: 'you' },
  });
  try {
    const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand({}));
    const issues = CertificateSummaryList.flatMap(({ IssuedAt }) => IssuedAt ?? []);
    const [issuedAt] = issues.sort((one, other) => other.getTime() - one.getTime());
    if (!issuedAt) throw new Error('Cannot measure: no certificate was issued');
    return issuedAt;
  } finally {
    acm.destroy();
  }
}

function countBy(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
