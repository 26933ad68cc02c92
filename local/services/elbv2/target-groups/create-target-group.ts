import type { CreateTargetGroupInput, CreateTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import { dependentsOf } from '../dependents.ts';
import type { Elb } from '../elb.ts';
import { invalid, notHere, refuse } from '../errors.ts';
import { checkName } from '../load-balancers/names.ts';
import { newArn, requestTags, taggingOnCreation } from '../permissions.ts';
import { readTags } from '../tags/tag-set.ts';
import { defaultAttributes } from './attributes.ts';
import { readHealthCheck } from './health-check.ts';
import { shownTargetGroup, type TargetGroup } from './target-group.ts';

// Source: Application Load Balancers User Guide, "Quotas"; ELB API reference, CreateTargetGroup; checked 2026-11-22.
export const TARGET_GROUPS_PER_REGION = 3_000;

type Settings = Pick<TargetGroup, 'name' | 'vpcId' | 'targetType' | 'protocol' | 'port' | 'healthCheck'>;

/** Makes a target group. The same settings again are the same target group. */
export function createTargetGroup(elb: Elb): Operation<CreateTargetGroupInput, CreateTargetGroupOutput> {
  return {
    resources: ({ Name }, call) => [newArn(call, `targetgroup/${Name}/*`)],
    conditions: ({ Tags }) => requestTags(Tags),
    dependents: ({ Name, Tags }, call) => [
      ...dependentsOf(call),
      ...taggingOnCreation(Tags, call, `targetgroup/${Name}/*`),
    ],
    run(input, call) {
      const region = elb.region(call.region);
      const wanted = readRequest(elb, call.region, input);
      const tags = readTags(input.Tags);
      const known = [...region.targetGroups.values()].find(({ name }) => name === wanted.name);
      if (known && !sameSettings(known, wanted)) {
        throw new AwsError(
          'DuplicateTargetGroupName',
          `A target group with the same name '${wanted.name}' exists, but with different settings`,
        );
      }
      if (known) return { TargetGroups: [shownTargetGroup(known)] };
      if (region.targetGroups.size >= TARGET_GROUPS_PER_REGION) {
        throw new AwsError('TooManyTargetGroups', 'The maximum number of target groups has been reached');
      }
      const id = elb.host.draws.hex('elasticloadbalancing:id', 16);
      const group: TargetGroup = {
        ...wanted,
        arn: elb.arn(region, `targetgroup/${wanted.name}/${id}`),
        region,
        attributes: defaultAttributes(),
        targets: new Map(),
        turn: 0,
      };
      region.targetGroups.set(group.arn, group);
      region.tags.put(group.arn, tags);
      return { TargetGroups: [shownTargetGroup(group)] };
    },
  };
}

function readRequest(elb: Elb, region: string, input: CreateTargetGroupInput): Settings {
  const { Name: name = '', Protocol, ProtocolVersion = 'HTTP1', TargetType = 'instance', Port, VpcId } = input;
  refuse(input, ['TargetControlPort']);
  checkName(name, 'Target group');
  if (TargetType === 'lambda' || TargetType === 'alb') throw notHere(`A target group of type '${TargetType}'`);
  if (ProtocolVersion !== 'HTTP1') throw notHere(`The protocol version '${ProtocolVersion}'`);
  if (input.IpAddressType === 'ipv6') throw notHere('A target group of IPv6 addresses');
  if (Protocol === undefined) throw invalid('A protocol must be specified');
  if (Port === undefined) throw invalid('A port must be specified');
  if (VpcId === undefined) throw invalid('A VPC ID must be specified');
  if (!elb.network.vpc(region, VpcId)) throw invalid(`The VPC ID '${VpcId}' is not found`);
  if (Protocol !== 'HTTP' && Protocol !== 'HTTPS') throw notHere(`A target group of protocol '${Protocol}'`);
  return {
    name,
    vpcId: VpcId,
    targetType: TargetType,
    protocol: Protocol,
    port: Port,
    healthCheck: readHealthCheck(input),
  };
}

function sameSettings(known: TargetGroup, wanted: Settings): boolean {
  const settings = ({ vpcId, targetType, protocol, port, healthCheck }: Settings) =>
    JSON.stringify([vpcId, targetType, protocol, port, healthCheck]);
  return settings(known) === settings(wanted);
}
