import type { Credential } from './credential.ts';
import { operationAt } from './http-bindings.ts';
import { modelOf } from './model.ts';
import type { WireProtocol, WireRequest } from './protocol.ts';
import { protocols } from './protocols.ts';
import type { Service } from './service.ts';

/**
 * The service that a request is for: the one that it is signed for; unsigned (`aws --no-sign-request`) the one whose
 * X-Amz-Target prefix, API version or path it bears.
 */
export async function serviceOf(
  request: WireRequest,
  credential: Credential | undefined,
  services: readonly Service[],
): Promise<Service | undefined> {
  if (credential) return services.find(({ name }) => name === credential.service);
  const target = [request.headers['x-amz-target']].flat()[0];
  if (target) {
    const prefix = target.slice(0, target.lastIndexOf('.'));
    return find(services, async (service) => (await modelOf(service)).target === prefix);
  }
  const form = formOf(request);
  if (form.has('Action')) {
    const version = form.get('Version');
    return find(services, async (service) => !isRest(service) && (await modelOf(service)).version === version);
  }
  return find(services, async (service) => isRest(service) && !!operationAt(request, await modelOf(service)));
}

/** The protocol the request is written in. Older clients speak Query to services whose model has moved to JSON. */
export function protocolOf(request: WireRequest, service: Service): WireProtocol {
  const isJson = service.protocol.startsWith('awsJson');
  return isJson && !request.headers['x-amz-target'] && formOf(request).has('Action')
    ? protocols.awsQuery
    : protocols[service.protocol];
}

const isRest = ({ protocol }: Service): boolean => protocol.startsWith('rest');

function formOf({ headers, body, query }: WireRequest): URLSearchParams {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm && body.length > 0 ? new URLSearchParams(body.toString('utf8')) : query;
}

async function find(
  services: readonly Service[],
  matches: (service: Service) => Promise<boolean>,
): Promise<Service | undefined> {
  for (const service of services) if (await matches(service)) return service;
  return undefined;
}
