import { invokeFunction } from './function-call.ts';
import type { Integration } from './integration.ts';

/** A function's own ARN as the Resource: its input is the arguments, its output the result. */
export const lambdaFunction = (arn: string): Integration => ({
  resource: { family: 'lambda', arn },
  name: arn,
  waitsForToken: false,
  check: async () => [],
  async call(given, calling) {
    const input = { FunctionName: arn, Payload: Buffer.from(JSON.stringify(given)) };
    return (await invokeFunction(input, calling)).payload;
  },
});
