import { accountOf } from '../accounts.ts';
import type { Activity } from '../clock/activity.ts';
import type { Host } from '../host.ts';
import { type Answering, notHere } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { type CallLog, isMutating } from './calls.ts';
import { unreadable } from './codes.ts';
import { type Credential, credentialOf } from './credential.ts';
import { type Model, modelOf } from './model.ts';
import { NoAnswer } from './no-answer.ts';
import { noOperation } from './no-operation.ts';
import { noService } from './no-service.ts';
import type { Permissions } from './permissions.ts';
import type { WireAnswer, WireError, WireRequest } from './protocol.ts';
import { protocolOf, serviceOf } from './route.ts';
import { AwsError, type Principal, type Service } from './service.ts';

/** Answers HTTP requests: which service and operation, who asks, read, answered, written. Throws only NoAnswer. */
export function createHttpAnswering(
  host: Host,
  {
    services,
    answering,
    permissions,
    calls,
  }: { services: readonly Service[]; answering: Answering; permissions: Permissions | undefined; calls: CallLog },
): (request: WireRequest, work: Activity) => Promise<WireAnswer> {
  /** The caller, or the refusal of one; a refused call is logged under the key that it came with. */
  function principalOf(
    request: WireRequest,
    asked: { service: Service; operation: string; credential: Credential | undefined },
  ): Principal {
    const { service, operation, credential } = asked;
    const now = host.clock.now();
    try {
      return authenticate(request, { credential, permissions, host, now, service });
    } catch (thrown) {
      if (thrown instanceof AwsError) {
        const region = credential?.region ?? host.homeRegion;
        const principal = `access key ${credential?.accessKeyId}`;
        const mutating = isMutating(operation);
        calls.add({
          at: now,
          service: service.name,
          operation,
          principal,
          region,
          mutating,
          error: thrown.code,
          ms: 0,
        });
      }
      throw thrown;
    }
  }

  return async (request, work) => {
    const requestId = newRequestId(host);
    const credential = credentialOf(request);
    const service = await serviceOf(request, credential, services);
    if (!service) return noService(request, credential?.service);
    const model = await modelOf(service);
    const protocol = protocolOf(request, service);
    try {
      const operation = protocol.operation(request, model);
      const operationModel = model.operations.get(operation ?? '');
      const none = operation === undefined ? noOperation(service, requestId) : undefined;
      if (none) return none;
      if (operation === undefined || !operationModel) throw notHere(service.name, operation);
      const principal = principalOf(request, { service, operation, credential });
      const region = service.global ? 'us-east-1' : (credential?.region ?? host.homeRegion);
      const account = accountOf(principal, host.account);
      const pause = <T>(waiting: Promise<T>) => work.pause(waiting);
      const call = { service: service.name, operation, principal, account, region, requestId, pause };
      const input = () =>
        protocol.decode(request, operationModel).catch((error: unknown) => {
          if (error instanceof AwsError) throw error;
          throw unreadable(service, error instanceof Error ? error.message : String(error));
        });
      return protocol.encode(await answering(service, call, input, work), operationModel, { model, requestId });
    } catch (thrown) {
      if (thrown instanceof NoAnswer) throw thrown;
      return protocol.encodeError(wireError(thrown, model), { model, requestId });
    }
  };
}

/** What goes on the wire for what an operation threw; anything but an AwsError is a mistake of ours and is printed. */
function wireError(thrown: unknown, model: Model): WireError {
  if (!(thrown instanceof AwsError)) {
    console.error(thrown);
    const message = `Internal failure of the local AWS: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { code: 'InternalFailure', message, status: 500, fault: 'server', members: {} };
  }
  const status = thrown.status ?? model.errors.get(thrown.code)?.status ?? 400;
  const fault = status < 500 ? 'client' : 'server';
  return { code: thrown.code, message: thrown.message, status, fault, members: thrown.members };
}

function newRequestId(host: Host): string {
  const digits = host.draws.hex('wire:request-id', 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
