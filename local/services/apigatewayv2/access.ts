import type { Operation } from '../../wire/service.ts';

type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * How IAM sees API Gateway's own operations: as HTTP verbs on paths.
 * Source: Service Authorization Reference, Amazon API Gateway Management V2; checked 2026-11-22.
 */
export function access<Input>(
  verb: Verb,
  path: (input: Input) => string,
): Pick<Operation<Input>, 'action' | 'resources'> {
  return {
    action: `apigateway:${verb}`,
    resources: (input, { region }) => [`arn:aws:apigateway:${region}::${path(input)}`],
  };
}
