import { DeploymentError } from './deployment-error.ts';
import type { Provider } from './provider.ts';
import { apiGatewayApi } from './providers/api-gateway-api.ts';
import { apiGatewayIntegration } from './providers/api-gateway-integration.ts';
import { apiGatewayRoute } from './providers/api-gateway-route.ts';
import { apiGatewayStage } from './providers/api-gateway-stage.ts';
import { cloudFrontOriginAccessControl } from './providers/cloud-front-origin-access-control.ts';
import { cloudFrontResponseHeadersPolicy } from './providers/cloud-front-response-headers-policy.ts';
import { cloudWatchAlarm } from './providers/cloud-watch-alarm.ts';
import { dynamoDbGlobalTable } from './providers/dynamo-db-global-table.ts';
import { dynamoDbTable } from './providers/dynamo-db-table.ts';
import { eventsEventBus } from './providers/events-event-bus.ts';
import { eventsRule } from './providers/events-rule.ts';
import { iamInstanceProfile } from './providers/iam-instance-profile.ts';
import { iamManagedPolicy } from './providers/iam-managed-policy.ts';
import { iamPolicy } from './providers/iam-policy.ts';
import { iamRole } from './providers/iam-role.ts';
import { lambdaEventInvokeConfig } from './providers/lambda-event-invoke-config.ts';
import { lambdaFunction } from './providers/lambda-function.ts';
import { lambdaPermission } from './providers/lambda-permission.ts';
import { logsLogGroup } from './providers/logs-log-group.ts';
import { s3Bucket } from './providers/s3-bucket.ts';
import { s3BucketPolicy } from './providers/s3-bucket-policy.ts';
import { schedulerSchedule } from './providers/scheduler-schedule.ts';
import { schedulerScheduleGroup } from './providers/scheduler-schedule-group.ts';
import { snsSubscription } from './providers/sns-subscription.ts';
import { snsTopic } from './providers/sns-topic.ts';
import { snsTopicPolicy } from './providers/sns-topic-policy.ts';
import { ssmParameter } from './providers/ssm-parameter.ts';
import { stepFunctionsStateMachine } from './providers/step-functions-state-machine.ts';

const providers = new Map<string, Provider>(
  [
    apiGatewayApi,
    apiGatewayIntegration,
    apiGatewayRoute,
    apiGatewayStage,
    cloudFrontOriginAccessControl,
    cloudFrontResponseHeadersPolicy,
    cloudWatchAlarm,
    dynamoDbGlobalTable,
    dynamoDbTable,
    eventsEventBus,
    eventsRule,
    iamInstanceProfile,
    iamManagedPolicy,
    iamPolicy,
    iamRole,
    lambdaEventInvokeConfig,
    lambdaFunction,
    lambdaPermission,
    logsLogGroup,
    s3Bucket,
    s3BucketPolicy,
    schedulerSchedule,
    schedulerScheduleGroup,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    ssmParameter,
    stepFunctionsStateMachine,
  ].map((provider) => [provider.type, provider]),
);

/** Types that make nothing: CDK's own notes. */
export const ignored = new Set(['AWS::CDK::Metadata']);

/** Who makes resources of a type. Throws DeploymentError when nobody does. */
export function providerOf(type: string): Provider {
  const found = providers.get(type);
  if (found) return found;
  throw new DeploymentError(
    type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'
      ? 'custom resources are not part of the local AWS'
      : 'the type is not part of the local AWS',
  );
}
