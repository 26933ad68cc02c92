import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { calledBy } from '../support/called-by.ts';
import { deployedFunctions } from '../support/deployed-functions.ts';
import type { Nameplate } from '../support/nameplate.ts';

/** Services in which a call of ours changes the world; the others are bookkeeping. */
const WORLDLY = /^(?:acm|ec2|elasticloadbalancing|route53):/;

/** Delivers the event of a step as it was delivered before. */
export async function invokeStep(
  nameplate: Nameplate,
  { step, domain, revision }: { step: string; domain: string; revision: number },
): Promise<void> {
  const { ask } = nameplate;
  const { name, phase } = calledBy(step);
  const FunctionName = (await deployedFunctions(nameplate)).find((each) => each.includes(`-${name}Function`));
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
