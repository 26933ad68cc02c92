import type {
  DescribeInstanceAttributeRequest,
  InstanceAttribute,
  ModifyInstanceAttributeRequest,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { shownGroups } from '../interfaces/network-interface.ts';
import { notHere } from '../not-here.ts';
import { existing } from '../permissions.ts';
import { findInstances } from './find-instances.ts';
import { checkGroups } from './launch-request.ts';

/** Changes the groups of an instance's interface, or its protection from termination. */
export function modifyInstanceAttribute(ec2: Ec2): Operation<ModifyInstanceAttributeRequest, object> {
  return {
    resources: ({ InstanceId, Groups = [] }, call) => [
      existing(ec2, call, { type: 'instance', id: InstanceId }),
      ...Groups.map((id) => existing(ec2, call, { type: 'security-group', id })),
    ],
    run({ InstanceId = '', Groups, DisableApiTermination, DryRun: _, ...others }, call) {
      const region = ec2.region(call.region);
      const [instance] = findInstances(region, [InstanceId]);
      const [unknown] = Object.entries(others).filter(([, value]) => value !== undefined);
      if (unknown) throw notHere(`The instance attribute ${unknown[0]}`);
      if (!instance || instance.state === 'terminated') {
        throw new AwsError(
          'IncorrectInstanceState',
          `The instance '${InstanceId}' is not in a valid state for this operation.`,
        );
      }
      if (Groups) {
        if (Groups.length === 0)
          throw new AwsError('MissingParameter', 'The request must contain the parameter groupId');
        checkGroups(region, Groups, instance.networkInterface.subnet);
        instance.networkInterface.groupIds = Groups;
      }
      if (DisableApiTermination) instance.protectedFromTermination = DisableApiTermination.Value === true;
      return {};
    },
  };
}

/** Describes one attribute of an instance. */
export function describeInstanceAttribute(ec2: Ec2): Operation<DescribeInstanceAttributeRequest, InstanceAttribute> {
  return {
    resources: ({ InstanceId }, call) => [existing(ec2, call, { type: 'instance', id: InstanceId })],
    run({ InstanceId = '', Attribute }, call) {
      const region = ec2.region(call.region);
      const [instance] = findInstances(region, [InstanceId]);
      if (!instance) return {};
      const { instanceType, userData, protectedFromTermination, networkInterface } = instance;
      const attributes: Record<string, InstanceAttribute> = {
        instanceType: { InstanceType: { Value: instanceType } },
        userData: { UserData: userData === undefined ? {} : { Value: userData } },
        disableApiTermination: { DisableApiTermination: { Value: protectedFromTermination } },
        groupSet: { Groups: shownGroups(region, networkInterface.groupIds) },
      };
      const shown = attributes[Attribute ?? ''];
      if (!shown) throw notHere(`The instance attribute ${Attribute}`);
      return { InstanceId, ...shown };
    },
  };
}
