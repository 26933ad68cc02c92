import type {
  InstanceStateChange,
  InstanceStateName,
  RebootInstancesRequest,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { findInstances, onInstances } from './find-instances.ts';
import { type Instance, shownState } from './instance.ts';
import { boot, launch, stop, terminate } from './lifecycle.ts';

/** Starts stopped instances; one that runs stays as it is. */
export function startInstances(ec2: Ec2): Operation<StartInstancesRequest, StartInstancesResult> {
  return {
    ...onInstances(ec2),
    run({ InstanceIds }, call) {
      const instances = findInstances(ec2.region(call.region), InstanceIds);
      for (const instance of instances) mustBe(instance, ['stopped', 'pending', 'running'], 'started');
      const StartingInstances = instances.map((instance) =>
        changing(instance, () => {
          if (instance.state === 'stopped') launch(ec2, instance);
        }),
      );
      return { StartingInstances };
    },
  };
}

/** Stops running instances; one that is stopped, or about to be, stays so. */
export function stopInstances(ec2: Ec2): Operation<StopInstancesRequest, StopInstancesResult> {
  return {
    ...onInstances(ec2),
    run({ InstanceIds }, call) {
      const instances = findInstances(ec2.region(call.region), InstanceIds);
      for (const instance of instances) mustBe(instance, ['running', 'stopping', 'stopped'], 'stopped');
      const StoppingInstances = instances.map((instance) =>
        changing(instance, () => {
          if (instance.state === 'running') stop(ec2, instance);
        }),
      );
      return { StoppingInstances };
    },
  };
}

/** Terminates instances, whatever they do; a terminated one stays so. */
export function terminateInstances(ec2: Ec2): Operation<TerminateInstancesRequest, TerminateInstancesResult> {
  return {
    ...onInstances(ec2),
    run({ InstanceIds }, call) {
      const instances = findInstances(ec2.region(call.region), InstanceIds);
      const [shielded] = instances.filter(({ protectedFromTermination }) => protectedFromTermination);
      if (shielded) {
        throw new AwsError(
          'OperationNotPermitted',
          `The instance '${shielded.instanceId}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
        );
      }
      const TerminatingInstances = instances.map((instance) =>
        changing(instance, () => {
          if (!['shutting-down', 'terminated'].includes(instance.state)) terminate(ec2, instance);
        }),
      );
      return { TerminatingInstances };
    },
  };
}

/** Boots running instances again: their web servers are away for as long as that takes. */
export function rebootInstances(ec2: Ec2): Operation<RebootInstancesRequest, object> {
  return {
    ...onInstances(ec2),
    run({ InstanceIds }, call) {
      const instances = findInstances(ec2.region(call.region), InstanceIds);
      for (const instance of instances) mustBe(instance, ['running'], 'rebooted');
      for (const instance of instances) boot(ec2, instance);
      return {};
    },
  };
}

function mustBe({ state, instanceId }: Instance, states: InstanceStateName[], verb: string): void {
  if (states.includes(state)) return;
  throw new AwsError(
    'IncorrectInstanceState',
    `The instance '${instanceId}' is not in a state from which it can be ${verb}.`,
  );
}

function changing(instance: Instance, change: () => void): InstanceStateChange {
  const PreviousState = shownState(instance.state);
  change();
  return { InstanceId: instance.instanceId, PreviousState, CurrentState: shownState(instance.state) };
}
