import type { LoggingConfiguration, StateMachineStatus, TracingConfiguration } from '@aws-sdk/client-sfn';
import type { Clock } from '../../../clock/clock.ts';
import { AwsError } from '../../../wire/service.ts';
import type { Execution } from '../execution/execution.ts';
import { checkArn } from './names.ts';
import type { Revision } from './revision.ts';

/** How long a closed execution is kept and its name taken. Source: Step Functions guide, "Quotas"; checked 2026-11-22. */
const RETENTION_MS = 90 * 86_400_000;

export interface StateMachine {
  arn: string;
  name: string;
  region: string;
  creationDate: Date;
  status: StateMachineStatus;
  /** What the next execution starts with, unless the machine was updated just now. */
  revision: Revision;
  /** What executions start with until that instant. */
  former?: { revision: Revision; until: Date };
  logging: LoggingConfiguration;
  tracing: TracingConfiguration;
  tags: Map<string, string>;
}

/** What an execution starts with at that instant. */
export function startingRevision({ revision, former }: StateMachine, now: Date): Revision {
  return former && now < former.until ? former.revision : revision;
}

/** Throws StateMachineDeleting. */
export function refuseDeleting({ arn, status }: StateMachine): void {
  if (status === 'DELETING') throw new AwsError('StateMachineDeleting', `State Machine is deleting: '${arn}'`);
}

/** The state machines and executions of every region. */
export class Registry {
  readonly #clock: Clock;
  readonly #machines = new Map<string, StateMachine>();
  readonly #executions = new Map<string, Execution>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addMachine(machine: StateMachine): void {
    this.#machines.set(machine.arn, machine);
  }

  findMachine(arn: string): StateMachine | undefined {
    return this.#machines.get(arn);
  }

  /** Throws InvalidArn or StateMachineDoesNotExist. */
  machine(arn: string): StateMachine {
    checkArn(arn, 'stateMachine');
    const machine = this.#machines.get(arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  /** As `machine`; throws StateMachineDeleting as well. */
  activeMachine(arn: string): StateMachine {
    const machine = this.machine(arn);
    refuseDeleting(machine);
    return machine;
  }

  machines(region: string): StateMachine[] {
    return [...this.#machines.values()].filter((machine) => machine.region === region);
  }

  /** A state machine that is being deleted goes when its last execution has ended. */
  dropDeleted(machine: StateMachine): void {
    const running = this.executionsOf(machine.arn).some(({ ending }) => !ending);
    if (machine.status === 'DELETING' && !running) this.#machines.delete(machine.arn);
  }

  addExecution(execution: Execution): void {
    this.#executions.set(execution.arn, execution);
  }

  /** The executions that have not ended, of every region. */
  running(): Execution[] {
    return [...this.#executions.values()].filter(({ ending }) => !ending);
  }

  /** Forgets it when its time is over. */
  findExecution(arn: string): Execution | undefined {
    const execution = this.#executions.get(arn);
    const closedMs = execution?.stopDate?.getTime() ?? Infinity;
    if (this.#clock.now().getTime() - closedMs < RETENTION_MS || closedMs === Infinity) return execution;
    this.#executions.delete(arn);
    return undefined;
  }

  /** Throws InvalidArn or ExecutionDoesNotExist. */
  execution(arn: string): Execution {
    checkArn(arn, 'execution');
    const execution = this.findExecution(arn);
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  executionsOf(stateMachineArn: string): Execution[] {
    return [...this.#executions.keys()]
      .map((arn) => this.findExecution(arn))
      .filter((execution) => execution?.revision.stateMachineArn === stateMachineArn) as Execution[];
  }
}
