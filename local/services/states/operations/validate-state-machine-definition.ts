import type { ValidateStateMachineDefinitionInput, ValidateStateMachineDefinitionOutput } from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import { compile } from '../machines/compile.ts';
import { refuseType } from './create-state-machine.ts';

/** Source: API reference, ValidateStateMachineDefinition; checked 2026-11-22. */
const MAX_DIAGNOSTICS = 100;

/** Says all that CreateStateMachine would refuse, and creates nothing. */
export const validateStateMachineDefinition = (): Operation<
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput
> => ({
  async run({ definition = '', maxResults = 0, type }) {
    refuseType(type);
    const { problems } = await compile(definition);
    const limit = maxResults === 0 ? MAX_DIAGNOSTICS : maxResults;
    const diagnostics = problems.slice(0, limit).map(({ code, message, location }) => ({
      severity: 'ERROR' as const,
      code,
      message,
      ...(location === '' ? {} : { location }),
    }));
    return { result: problems.length === 0 ? 'OK' : 'FAIL', diagnostics, truncated: problems.length > limit };
  },
});
