import { accountOf } from '../accounts.ts';
import { Activity } from '../clock/activity.ts';
import type { Host } from '../host.ts';
import { type Answering, notHere } from './answer.ts';
import { NoAnswer } from './no-answer.ts';
import { AwsError, type Dispatch, type Service } from './service.ts';
import { Written } from './written.ts';

/** Calls operations from inside the process; they cannot tell the difference. */
export function createDispatch(
  host: Host,
  { services, answering }: { services: readonly Service[]; answering: Answering },
): Dispatch {
  return async ({ service: name, operation, input, principal, region = host.homeRegion }) => {
    const service = services.find((one) => one.name === name);
    if (!service) throw notHere(name, operation);
    const requestId = host.draws.hex('wire:dispatch-id', 32);
    const where = service.global ? 'us-east-1' : region;
    const account = accountOf(principal, host.account);
    const work = new Activity(host.clock);
    const pause = <T>(waiting: Promise<T>) => work.pause(waiting);
    const call = { service: name, operation, principal, account, region: where, requestId, pause };
    try {
      const output = await answering(service, call, async () => input, work);
      return output instanceof Written ? await output.read() : output;
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown;
      if (thrown.seconds > 0) await work.wait(thrown.seconds * 1000);
      // The words that an AWS service has for a lost answer of another one.
      throw new AwsError('SdkClientException', 'Unable to execute HTTP request: Connection reset', { status: 500 });
    } finally {
      work.end();
    }
  };
}
