import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { calledBy } from '../support/called-by.ts';
import type { Nameplate } from '../support/nameplate.ts';

/** Services in which a call of ours changes the world; the others are bookkeeping. */
const WORLDLY = /^(?:acm|ec2|elasticloadbalancing|route53):/;

/** Delivers the event of a step as it was delivered before. */
export async function invokeStep(
  { ask }: Nameplate,
  { step, domain, revision }: { step: string; domain: string; revision: number },
): Promise<void> {
  const { Functions = [] } = await ask<{ Functions?: { FunctionName: string }[] }>('lambda', 'ListFunctions', {
    MaxItems: 50,
  });
  const { name, phase } = calledBy(step);
  const FunctionName = Functions.find(({ FunctionName }) => FunctionName.includes(`-${name}Function`))?.FunctionName;
  const { Environment } = await ask<FunctionConfiguration>('lambda', 'GetFunctionConfiguration', { FunctionName });
  const workflow = Environment?.Variables?.WORKFLOW_VERSION;
  const event = { domain, revision, workflow, ...(phase && { phase }) };
  await ask('lambda', 'Invoke', { FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
}

/** What was done to the world since then although nothing was to be (12). */
export function doneAgain(nameplate: Nameplate, { since, what }: { since: number; what: string }): string[] {
  const calls = nameplate.mutatingCalls(since).filter((call) => WORLDLY.test(call));
  return calls.length > 0 ? [`12: ${what} made ${calls.join(', ')}`] : [];
}
