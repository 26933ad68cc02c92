import type { Host } from '../../host.ts';
import { AwsError, type Call } from '../../wire/service.ts';
import type { Certificate } from './certificate.ts';
import type { Material } from './material.ts';

/** The certificates of every Region, in the order they came. */
export class CertificateStore {
  readonly #host: Host;
  readonly #byArn = new Map<string, Certificate>();
  readonly #requests: { region: string; at: Date }[] = [];

  constructor(host: Host) {
    this.#host = host;
  }

  add(certificate: Certificate): void {
    this.#byArn.set(certificate.arn, certificate);
    if (certificate.acme) return;
    this.#requests.push({ region: certificate.region, at: certificate.createdAt });
  }

  /** Forgets a certificate; nothing happens to it any more. */
  remove(certificate: Certificate): void {
    certificate.timers.stop();
    this.#byArn.delete(certificate.arn);
  }

  /** The certificate if it is there, whether callers see it yet or not. */
  find(arn: string, region: string): Certificate | undefined {
    const certificate = this.#byArn.get(arn);
    return certificate?.region === region ? certificate : undefined;
  }

  /** The certificate a call names. Throws ResourceNotFoundException while it isn't visible, too. */
  get(arn: string | undefined, { region, account }: Pick<Call, 'region' | 'account'>): Certificate {
    if (!arn || !CERTIFICATE_ARN.test(arn)) throw new AwsError('InvalidArnException', `Invalid ARN: ${arn}`);
    const certificate = this.find(arn, region);
    if (certificate && certificate.visibleAt <= this.#host.clock.now()) return certificate;
    throw new AwsError('ResourceNotFoundException', `Could not find certificate ${arn} in account ${account}.`);
  }

  /** What a listing of the Region shows. */
  all(region: string): Certificate[] {
    const now = this.#host.clock.now();
    return [...this.#byArn.values()].filter((one) => one.region === region && one.visibleAt <= now);
  }

  /** What each consists of by its ARN, of every Region. */
  materials(): Map<string, Material> {
    return new Map([...this.#byArn].flatMap(([arn, { material }]) => (material ? [[arn, material]] : [])));
  }

  /** How many are held, seen or not; those of ACME don't count. */
  held(region: string): number {
    return [...this.#byArn.values()].filter((one) => one.region === region && !one.acme).length;
  }

  /** How many were asked for since; deleting gives none of them back. */
  askedForSince(since: Date, region: string): number {
    return this.#requests.filter((request) => request.region === region && request.at > since).length;
  }
}

const CERTIFICATE_ARN = /^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:certificate\/[\w-]+$/;
