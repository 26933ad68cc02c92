import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  GetConnectionStatusRequest,
  GetConnectionStatusResponse,
  InstanceInformation,
} from '@aws-sdk/client-ssm';
import type { Host } from '../../host.ts';
import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import type { Roles } from '../../permissions/roles.ts';
import type { Permissions } from '../../wire/permissions.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import type { Agent } from '../ec2/instances/agents.ts';

/** What the agents on instances do, and what their role allows. */
export interface AgentsAround {
  agents(region: string): Agent[];
  trustOf: Roles['trustOf'];
  refusal: Permissions['refusal'];
}

/** Source: SSM Agent reference, "health check": how often it pings; checked 2026-11-30. */
const PING_SECONDS = 300;
/** Source: Systems Manager API Reference, DescribeInstanceInformation; checked 2026-11-30. */
const PAGE = { min: 5, max: 50 };
/** Without these no session reaches an instance. Source: Systems Manager User Guide, "Create a custom IAM role for Session Manager"; checked 2026-11-30. */
const CHANNELS = ['CreateControlChannel', 'OpenControlChannel', 'CreateDataChannel', 'OpenDataChannel'];

/** The instances whose agent has registered. */
export const describeInstanceInformation = (
  host: Host,
  around: AgentsAround,
): Operation<DescribeInstanceInformationRequest, DescribeInstanceInformationResult> => ({
  run({ Filters = [], InstanceInformationFilterList = [], MaxResults = PAGE.max, NextToken }, call) {
    if (MaxResults < PAGE.min || MaxResults > PAGE.max) {
      const bound =
        MaxResults < PAGE.min ? `greater than or equal to ${PAGE.min}` : `less than or equal to ${PAGE.max}`;
      const constraint = `Member must have value ${bound}`;
      throw violation(MaxResults, { member: 'maxResults', constraint, code: 'ValidationException' });
    }
    const filters = [
      ...Filters.map(({ Key, Values }) => ({ key: Key, values: Values })),
      ...InstanceInformationFilterList.map(({ key, valueSet }) => ({ key, values: valueSet })),
    ];
    const found = around
      .agents(call.region)
      .filter((agent) => mayDo(around, { agent, call, action: 'ssm:UpdateInstanceInformation' }))
      .map((agent) => information(host, agent))
      .filter((shown) => filters.every(({ key, values = [] }) => values.includes(memberOf(shown, key))));
    const start = NextToken === undefined ? 0 : Number(NextToken);
    if (!Number.isInteger(start) || start < 0) {
      throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
    }
    const end = start + MaxResults;
    return {
      InstanceInformationList: found.slice(start, end),
      ...(end < found.length && { NextToken: String(end) }),
    };
  },
});

/** Whether a session would reach an instance. */
export const getConnectionStatus = (
  { account }: Host,
  around: AgentsAround,
): Operation<GetConnectionStatusRequest, GetConnectionStatusResponse> => ({
  resources: ({ Target }, { region }) => [`arn:aws:ec2:${region}:${account}:instance/${Target}`],
  run({ Target = '' }, call) {
    const agent = around.agents(call.region).find(({ instanceId }) => instanceId === Target);
    const connected =
      agent !== undefined &&
      agent.until === undefined &&
      CHANNELS.every((channel) => mayDo(around, { agent, call, action: `ssmmessages:${channel}` }));
    return { Target, Status: connected ? 'connected' : 'notconnected' };
  },
});

/** Whether the agent's role, which its instance must be let assume, allows it. */
function mayDo(
  { trustOf, refusal }: AgentsAround,
  { agent: { arn, instanceId, roleArn }, call, action }: { agent: Agent; call: Call; action: string },
): boolean {
  if (roleArn === undefined) return false;
  const principal = { arn: 'arn:aws:iam::aws:ec2', service: 'ec2.amazonaws.com' };
  const assumed = evaluateResourcePolicy(trustOf(roleArn), { principal, action: 'sts:AssumeRole', resource: roleArn });
  if (assumed !== 'allow') return false;
  const session = `arn:aws:sts::${call.account}:assumed-role/${roleArn.split('/').at(-1)}/${instanceId}`;
  return (
    refusal({
      principal: { arn: session, roleArn },
      action,
      resources: [action.startsWith('ssm:') ? arn : '*'],
      conditions: { 'ec2:SourceInstanceARN': [arn] },
      region: call.region,
    }) === undefined
  );
}

function information(
  { clock }: Host,
  { instanceId, address, hostName, since, until }: Agent,
): InstanceInformation & { InstanceId: string } {
  const step = PING_SECONDS * 1000;
  const pings = Math.floor(((until ?? clock.now()).getTime() - since.getTime()) / step);
  return {
    InstanceId: instanceId,
    PingStatus: until ? 'ConnectionLost' : 'Online',
    LastPingDateTime: new Date(since.getTime() + pings * step),
    AgentVersion: '3.3.3050.0',
    IsLatestVersion: true,
    PlatformType: 'Linux',
    PlatformName: 'Amazon Linux',
    PlatformVersion: '2023',
    ResourceType: 'EC2Instance',
    IPAddress: address,
    ComputerName: hostName,
    SourceId: instanceId,
    SourceType: 'AWS::EC2::Instance',
  };
}

function memberOf(shown: InstanceInformation, key: string | undefined): string {
  if (key === 'InstanceIds') return shown.InstanceId ?? '';
  if (key === 'PingStatus') return shown.PingStatus ?? '';
  throw new AwsError('NotImplemented', `The filter ${key} is not part of the local AWS`, { status: 501 });
}
