import { isExpression } from '../language/expression.ts';
import { StateFailure } from '../language/failure.ts';
import type { Json } from '../language/json.ts';
import type { Integration } from './integration.ts';
import { sdkFailure } from './sdk-errors.ts';
import { modelOf, sdkService } from './sdk-service.ts';
import { fromSdk, toSdk } from './sdk-values.ts';

/** "arn:aws:states:::aws-sdk:eventbridge:putEvents": any operation of a service, as it is. */
export function awsSdk(service: string, action: string, waitsForToken: boolean): Integration | string {
  const known = sdkService(service);
  if (!known) return `The service '${service}' is not part of the local AWS's SDK integrations`;
  const operation = action.charAt(0).toUpperCase() + action.slice(1);

  async function check(given: Json | undefined): Promise<string[]> {
    const model = (await modelOf(known as NonNullable<typeof known>)).operations.get(operation);
    if (!model) return [`The action '${action}' is not one of '${service}'`];
    const problems: string[] = [];
    if (given !== undefined) toSdk(model.input, given, { problems, isOpen: isExpression });
    return problems;
  }

  return {
    resource: {
      family: 'task',
      type: `aws-sdk:${service}`,
      action: waitsForToken ? `${action}.waitForTaskToken` : action,
    },
    name: `aws-sdk:${service}`,
    waitsForToken,
    check,
    async call(given, { dispatch, draws }) {
      const { signingName, prefix } = known;
      const model = await modelOf(known);
      const schemas = model.operations.get(operation);
      if (!schemas) throw new StateFailure('States.Runtime', `The action '${action}' is not one of '${service}'`);
      const problems: string[] = [];
      const input = toSdk(schemas.input, given, { problems });
      if (problems.length > 0) throw unusable(given, problems);
      try {
        const output = await dispatch({ service: signingName, operation, input: input as object });
        return fromSdk(schemas.output, output ?? {}) ?? {};
      } catch (thrown) {
        throw sdkFailure(thrown, { prefix, model, draws });
      }
    },
  };
}

/** The failure for arguments that the call cannot be made with. */
export const unusable = (given: Json, problems: string[]): StateFailure =>
  new StateFailure(
    'States.Runtime',
    `The Parameters '${JSON.stringify(given)}' could not be used to start the Task: [${problems.join(', ')}]`,
  );
