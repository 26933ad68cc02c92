import type { InvocationRequest } from '@aws-sdk/client-lambda';
import type { Call, Service } from '../../local/wire/service.ts';

/** A Lambda of one operation, for services that invoke functions: `heard` is told of each invocation, and refuses it by throwing. */
export const aLambda = (heard: (input: InvocationRequest, call: Call) => void): Service => ({
  name: 'lambda',
  protocol: 'restJson1',
  model: () => import('@aws-sdk/client-lambda'),
  operations: {
    Invoke: {
      run: (input: InvocationRequest, call) => {
        heard(input, call);
        return { StatusCode: 202 };
      },
    },
  },
});

/** The event that an invocation brings. */
export const eventOf = ({ Payload = new Uint8Array() }: InvocationRequest): unknown =>
  JSON.parse(Buffer.from(Payload).toString());
