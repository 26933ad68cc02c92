import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { client } from '../../../aws/clients.ts';
import { readScheduleTarget } from '../../../aws/environment.ts';
import { isOpen, type MaintenanceWindow } from '../../../domain/failover/window.ts';

/**
 * Has the site looked at as soon as a window was declared, changed or cancelled that is open or was: no schedule begins or ends it. The
 * function is the one that schedules invoke; what is lost is found by the sweep.
 */
export async function followNow(
  domain: string,
  windows: readonly (MaintenanceWindow | undefined)[],
  now: Date,
): Promise<void> {
  if (!windows.some((window) => window && isOpen(window, now))) return;
  const FunctionName = readScheduleTarget().functionArn;
  const Payload = Buffer.from(JSON.stringify({ domain }));
  await client(LambdaClient).send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
}
