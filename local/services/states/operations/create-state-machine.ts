import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  LoggingConfiguration,
  StateMachineType,
} from '@aws-sdk/client-sfn';
import { passingRole } from '../../../wire/passing-role.ts';
import { AwsError, type Call, type Operation } from '../../../wire/service.ts';
import { compileOrRefuse } from '../machines/compile.ts';
import { checkName, checkRoleArn } from '../machines/names.ts';
import { refuseDeleting, type StateMachine } from '../machines/registry.ts';
import { checkAssumable } from './assumable.ts';
import { checkTags, tagsOf } from './tags.ts';
import { stateMachineArn, type World } from './world.ts';

const NO_LOGGING = { level: 'OFF', includeExecutionData: false } as const;
const NO_TRACING = { enabled: false };

export const createStateMachine = (world: World): Operation<CreateStateMachineInput, CreateStateMachineOutput> => ({
  resources: ({ name = '' }, call) => [stateMachineArn(name, call)],
  dependents: ({ roleArn = '' }) => [passingRole(roleArn, 'states.amazonaws.com')],
  async run(input, call) {
    const { host, registry } = world;
    const { name = '', definition: text = '', roleArn = '' } = input;
    checkName(name);
    refuseWhatIsNotHere(input);
    checkRoleArn(roleArn);
    checkTags(input.tags);
    const definition = await compileOrRefuse(text);
    const arn = stateMachineArn(name, call);
    const known = registry.findMachine(arn);
    if (known) return same(known, input);
    checkAssumable(world, roleArn, arn);
    const now = host.clock.now();
    const machine: StateMachine = {
      arn,
      name,
      region: call.region,
      creationDate: now,
      status: 'ACTIVE',
      revision: { definition, roleArn, ...identity(arn, name, call), revisionId: undefined, updateDate: now, deleting },
      logging: input.loggingConfiguration ?? NO_LOGGING,
      tracing: input.tracingConfiguration ?? NO_TRACING,
      tags: tagsOf(input.tags),
    };
    function deleting(): boolean {
      return machine.status === 'DELETING';
    }
    registry.addMachine(machine);
    return { stateMachineArn: arn, creationDate: now };
  },
});

const identity = (arn: string, name: string, { region }: Call) => ({
  stateMachineArn: arn,
  stateMachineName: name,
  region,
});

/** A repeated request changes nothing; role and tags are not even compared. Source: API reference, CreateStateMachine; checked 2026-11-22. */
function same(known: StateMachine, input: CreateStateMachineInput): CreateStateMachineOutput {
  refuseDeleting(known);
  const settings = (logging: unknown, tracing: unknown) => JSON.stringify([logging, tracing]);
  const equal =
    known.revision.definition.text === input.definition &&
    settings(known.logging, known.tracing) ===
      settings(input.loggingConfiguration ?? NO_LOGGING, input.tracingConfiguration ?? NO_TRACING);
  if (equal) return { stateMachineArn: known.arn, creationDate: known.creationDate };
  throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${known.arn}'`);
}

function refuseWhatIsNotHere(input: CreateStateMachineInput): void {
  const { type, publish, encryptionConfiguration } = input;
  refuseType(type);
  refuseLogging(input.loggingConfiguration);
  if (publish === true) throw new AwsError('ValidationException', 'Versions are not part of the local AWS');
  if (encryptionConfiguration && encryptionConfiguration.type !== 'AWS_OWNED_KEY') {
    throw new AwsError('InvalidEncryptionConfiguration', 'Customer managed keys are not part of the local AWS');
  }
}

/** Throws StateMachineTypeNotSupported. */
export function refuseType(type: StateMachineType | undefined): void {
  if (type === undefined || type === 'STANDARD') return;
  throw new AwsError('StateMachineTypeNotSupported', 'Express state machines are not part of the local AWS');
}

/** Throws InvalidLoggingConfiguration: history events don't go to CloudWatch Logs here, and are not to seem to. */
export function refuseLogging(logging: LoggingConfiguration | undefined): void {
  if ((logging?.level ?? 'OFF') === 'OFF') return;
  throw new AwsError('InvalidLoggingConfiguration', 'Logging of executions is not part of the local AWS');
}
