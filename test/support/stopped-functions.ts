import type { FunctionConfiguration, ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { Nameplate } from './nameplate.ts';

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
const PolicyName = 'deny-everything';

/**
 * Lets no function of ours run, and denies every one of them whatever it asks for, with the kill switch on. The returned function takes
 * all of that back.
 */
export async function stopFunctions({ ask, aws }: Pick<Nameplate, 'ask' | 'aws'>): Promise<() => Promise<void>> {
  const functions = await allFunctions(ask);
  const setSwitch = (Value: string) =>
    ask('ssm', 'PutParameter', { Name: aws.outputs['KillSwitch'], Value, Overwrite: true });
  await setSwitch('stopped');
  for (const { FunctionName, Role } of functions) {
    await ask('iam', 'PutRolePolicy', {
      RoleName: Role?.split('/').at(-1),
      PolicyName,
      PolicyDocument: JSON.stringify(POLICY),
    });
    await ask('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 });
  }
  return async () => {
    for (const { FunctionName, Role } of functions) {
      await ask('lambda', 'DeleteFunctionConcurrency', { FunctionName });
      await ask('iam', 'DeleteRolePolicy', { RoleName: Role?.split('/').at(-1), PolicyName });
    }
    await setSwitch('allowed');
  };
}

async function allFunctions(ask: Nameplate['ask']): Promise<FunctionConfiguration[]> {
  const found: FunctionConfiguration[] = [];
  let Marker: string | undefined;
  do {
    const page: ListFunctionsResponse = await ask('lambda', 'ListFunctions', { Marker });
    found.push(...(page.Functions ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return found;
}
