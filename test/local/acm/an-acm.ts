import type {
  CertificateDetail,
  ListCertificatesRequest,
  ListCertificatesResponse,
  RequestCertificateRequest,
} from '@aws-sdk/client-acm';
import { Authority } from '../../../local/certificates/authority.ts';
import { Clock } from '../../../local/clock/clock.ts';
import { Draws } from '../../../local/draws/draws.ts';
import type { Host, ServiceEvent } from '../../../local/host.ts';
import type { DnsResult } from '../../../local/services/acm/dns.ts';
import { createAcm } from '../../../local/services/acm/service.ts';
import { validate } from '../../../local/wire/answer.ts';
import { modelOf } from '../../../local/wire/model.ts';
import type { Call } from '../../../local/wire/service.ts';

export const START = new Date('2026-11-22T12:00:00Z');

let authority: Promise<Authority> | undefined;

/** A DNS of few words: what `set` says and nothing else. */
export class FewRecords {
  readonly #records = new Map<string, unknown[]>();
  readonly #failing = new Set<string>();
  asked = 0;

  set(name: string, type: string, ...data: unknown[]): void {
    this.#records.set(`${name.replace(/\.$/, '')} ${type}`, data);
  }

  delete(name: string, type: string): void {
    this.#records.delete(`${name.replace(/\.$/, '')} ${type}`);
  }

  fail(name: string, fails = true): void {
    if (fails) this.#failing.add(name);
    else this.#failing.delete(name);
  }

  resolve = async (name: string, type: string): Promise<DnsResult> => {
    this.asked++;
    if (this.#failing.has(name)) return { rcode: 'SERVFAIL', answers: [] };
    if (type === 'NS') return { rcode: name === 'nowhere' ? 'NXDOMAIN' : 'NOERROR', answers: [] };
    const data = this.#records.get(`${name} ${type}`) ?? [];
    return { rcode: 'NOERROR', answers: data.map((one) => ({ name, type, data: one })) };
  };
}

/** An ACM on a clock that stands still, with a DNS that the test writes and the events it sent. */
export async function anAcm({ seed = 1, wallNow }: { seed?: number; wallNow?: () => Date } = {}) {
  authority ??= Authority.create();
  const clock = new Clock({ startAt: START });
  const events: (ServiceEvent & { at: Date })[] = [];
  const host: Host = {
    clock,
    draws: new Draws(seed),
    account: '123456789012',
    homeRegion: 'us-east-1',
    emit: (event) => events.push({ ...event, at: clock.now() }),
  };
  const dns = new FewRecords();
  const acm = createAcm(host, { authority: await authority, resolve: dns.resolve, ...(wallNow ? { wallNow } : {}) });

  const call = async <Output>(operation: string, input: object, region = 'us-east-1'): Promise<Output> => {
    const context: Call = {
      service: 'acm',
      operation,
      principal: { arn: 'arn:aws:iam::123456789012:root' },
      pause: (waiting) => waiting,
      account: host.account,
      region,
      requestId: 'test',
    };
    validate(acm.service, await modelOf(acm.service), context, input);
    return (await acm.service.operations[operation]?.run(input as never, context)) as Output;
  };
  const describe = async (CertificateArn: string, region?: string): Promise<CertificateDetail> =>
    (await call<{ Certificate: CertificateDetail }>('DescribeCertificate', { CertificateArn }, region)).Certificate;
  const request = async (input: Partial<RequestCertificateRequest> = {}, region?: string): Promise<string> => {
    const wanted = {
      DomainName: 'shop.example.test',
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'EC_prime256v1',
      ...input,
    };
    return (await call<{ CertificateArn: string }>('RequestCertificate', wanted, region)).CertificateArn;
  };
  /** Moves time on until every name has its record, and publishes them. */
  const publish = async (arn: string, region?: string): Promise<void> => {
    await clock.advance(10_000);
    for (const { ResourceRecord } of (await describe(arn, region)).DomainValidationOptions ?? []) {
      if (ResourceRecord?.Name) dns.set(ResourceRecord.Name, 'CNAME', ResourceRecord.Value);
    }
  };
  const issued = async (input: Partial<RequestCertificateRequest> = {}): Promise<string> => {
    const arn = await request(input);
    await publish(arn);
    await clock.until(async () => (await describe(arn)).Status === 'ISSUED');
    return arn;
  };
  const list = (input: ListCertificatesRequest = {}): Promise<ListCertificatesResponse> =>
    call('ListCertificates', input);
  return { ...acm, host, clock, draws: host.draws, dns, events, call, describe, request, publish, issued, list };
}
