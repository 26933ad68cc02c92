import { AwsError, type Call } from '../../../wire/service.ts';
import { checkArn, endpointArnOf } from './arns.ts';
import type { AcmeEndpoint, Binding, DomainValidation } from './endpoint.ts';

type Where = Pick<Call, 'region' | 'account'>;

/** The ACME endpoints of every Region, in the order they were created. */
export class Endpoints {
  readonly #byArn = new Map<string, AcmeEndpoint>();

  add(endpoint: AcmeEndpoint): void {
    this.#byArn.set(endpoint.arn, endpoint);
  }

  remove(endpoint: AcmeEndpoint): void {
    endpoint.timers.stop();
    for (const { timers } of endpoint.validations.values()) timers.stop();
    this.#byArn.delete(endpoint.arn);
  }

  all(region: string): AcmeEndpoint[] {
    return [...this.#byArn.values()].filter((one) => one.region === region);
  }

  /** By the id in its URLs. */
  byId(id: string, region: string): AcmeEndpoint | undefined {
    return this.all(region).find((one) => one.id === id);
  }

  find(arn: string, region: string): AcmeEndpoint | undefined {
    const endpoint = this.#byArn.get(arn);
    return endpoint?.region === region ? endpoint : undefined;
  }

  /** The endpoint that a call names. Throws ValidationException or ResourceNotFoundException. */
  endpoint(arn = '', where: Where): AcmeEndpoint {
    checkArn(arn, 'acmeEndpointArn');
    return this.find(arn, where.region) ?? notFound('ACME endpoint', arn, where);
  }

  validation(arn = '', where: Where): { endpoint: AcmeEndpoint; validation: DomainValidation } {
    checkArn(arn, 'acmeDomainValidationArn');
    const endpoint = this.find(endpointArnOf(arn), where.region);
    const validation = endpoint?.validations.get(arn);
    return endpoint && validation ? { endpoint, validation } : notFound('ACME domain validation', arn, where);
  }

  binding(arn = '', where: Where): { endpoint: AcmeEndpoint; binding: Binding } {
    checkArn(arn, 'acmeExternalAccountBindingArn');
    const endpoint = this.find(endpointArnOf(arn), where.region);
    const binding = endpoint?.bindings.get(arn);
    return endpoint && binding ? { endpoint, binding } : notFound('ACME external account binding', arn, where);
  }

  /** The tagged resource of an ARN: an endpoint, a domain validation or a binding. */
  tagged(arn: string, region: string): { tags: Map<string, string> } | undefined {
    const endpoint = this.find(endpointArnOf(arn), region);
    return endpoint?.arn === arn ? endpoint : (endpoint?.validations.get(arn) ?? endpoint?.bindings.get(arn));
  }
}

function notFound(what: string, arn: string, { account }: Where): never {
  throw new AwsError('ResourceNotFoundException', `Could not find ${what} ${arn} in account ${account}.`);
}
