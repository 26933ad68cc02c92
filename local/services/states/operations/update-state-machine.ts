import type { UpdateStateMachineInput, UpdateStateMachineOutput } from '@aws-sdk/client-sfn';
import { passingRole } from '../../../wire/passing-role.ts';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { uuidOf } from '../language/functions.ts';
import { compileOrRefuse } from '../machines/compile.ts';
import { checkRoleArn } from '../machines/names.ts';
import { startingRevision } from '../machines/registry.ts';
import { checkAssumable } from './assumable.ts';
import { refuseLogging } from './create-state-machine.ts';
import type { World } from './world.ts';

/**
 * "Executions started immediately after calling UpdateStateMachine may use the previous state machine definition and roleArn", and all
 * do "within a few seconds". Source: the SDK's text of UpdateStateMachine; checked 2026-11-29. Here they always do.
 */
const FORMER_MS = 3_000;

/** Executions that run keep the revision that they started with, and the next ones have it for some seconds. */
export const updateStateMachine = (world: World): Operation<UpdateStateMachineInput, UpdateStateMachineOutput> => ({
  resources: ({ stateMachineArn = '*' }) => [stateMachineArn],
  dependents: ({ roleArn }) => (roleArn === undefined ? [] : [passingRole(roleArn, 'states.amazonaws.com')]),
  async run(input) {
    const { host, registry } = world;
    const { definition: text, roleArn, loggingConfiguration, tracingConfiguration } = input;
    if (input.publish === true) throw new AwsError('ValidationException', 'Versions are not part of the local AWS');
    refuseLogging(loggingConfiguration);
    if ([text, roleArn, loggingConfiguration, tracingConfiguration].every((part) => part === undefined)) {
      throw new AwsError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const machine = registry.activeMachine(input.stateMachineArn ?? '');
    if (roleArn !== undefined) checkRoleArn(roleArn);
    const { revision } = machine;
    const definition = text === undefined ? revision.definition : await compileOrRefuse(text);
    if (roleArn !== undefined) checkAssumable(world, roleArn, machine.arn);
    const updateDate = host.clock.now();
    const changed = definition.text !== revision.definition.text || (roleArn ?? revision.roleArn) !== revision.roleArn;
    const revisionId = changed ? uuidOf(host.draws.hex('states:revision', 32)) : revision.revisionId;
    machine.former = {
      revision: startingRevision(machine, updateDate),
      until: new Date(updateDate.getTime() + FORMER_MS),
    };
    machine.revision = { ...revision, definition, roleArn: roleArn ?? revision.roleArn, updateDate, revisionId };
    machine.logging = loggingConfiguration ?? machine.logging;
    machine.tracing = tracingConfiguration ?? machine.tracing;
    return { updateDate, ...(revisionId === undefined ? {} : { revisionId }) };
  },
});
