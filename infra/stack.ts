import {
  ArnFormat,
  Aws,
  CfnOutput,
  CfnRule,
  Duration,
  Fn,
  Lazy,
  RemovalPolicy,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

import { ALLOWED, STOPPED } from '../domain/kill-switch.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import { functionFiles, functionName } from './bundle.ts';
import { contextNumber } from './context-number.ts';
import { ONE_PARTITION, PARTITION } from './deployment/partition.ts';
import { Handler, LOG_RETENTION } from './function.ts';
import { grantsOf } from './grants/grants-of.ts';
import { InstanceProfile } from './instance-profile.ts';
import { Pages } from './pages.ts';
import { RENEWAL_EVENTS } from './renewal-events.ts';
import { definitionOf, WORKFLOWS, workflowVersion } from './workflows/definition.ts';
import { pascal } from './workflows/invoking.ts';

export interface NameplateStackProps extends StackProps {
  /** The folder with the bundled functions. */
  functions: string;
}

/** Which function answers which route. Every other file in functions/ is a step or listens to an event. */
const routes = {
  'create-site': [HttpMethod.POST, '/v1/sites'],
  'create-plan': [HttpMethod.POST, '/v1/plans'],
  'list-sites': [HttpMethod.GET, '/v1/sites'],
  'show-site': [HttpMethod.GET, '/v1/sites/{domain}'],
  'change-site': [HttpMethod.PUT, '/v1/sites/{domain}'],
  'delete-site': [HttpMethod.DELETE, '/v1/sites/{domain}'],
  'resume-site': [HttpMethod.POST, '/v1/sites/{domain}/resume'],
  'cancel-site': [HttpMethod.POST, '/v1/sites/{domain}/cancel'],
  'undo-site': [HttpMethod.POST, '/v1/sites/{domain}/undo'],
  'list-maintenance': [HttpMethod.GET, '/v1/maintenance'],
  'switch-maintenance': [HttpMethod.PUT, '/v1/sites/{domain}/maintenance'],
  'create-window': [HttpMethod.POST, '/v1/sites/{domain}/maintenance/windows'],
  'list-windows': [HttpMethod.GET, '/v1/sites/{domain}/maintenance/windows'],
  'change-window': [HttpMethod.PUT, '/v1/sites/{domain}/maintenance/windows/{id}'],
  'cancel-window': [HttpMethod.DELETE, '/v1/sites/{domain}/maintenance/windows/{id}'],
  'drill-site': [HttpMethod.POST, '/v1/sites/{domain}/drill'],
  'change-server': [HttpMethod.POST, '/v1/sites/{domain}/server'],
  'create-server-credentials': [HttpMethod.POST, '/v1/sites/{domain}/server-credentials'],
  'check-site': [HttpMethod.POST, '/v1/checks'],
  'list-certificates': [HttpMethod.GET, '/v1/certificates'],
  'list-alerts': [HttpMethod.GET, '/v1/alerts'],
  'acknowledge-alert': [HttpMethod.POST, '/v1/alerts/{id}/acknowledge'],
  'show-openapi': [HttpMethod.GET, '/v1/openapi.json'],
} as const;

/**
 * What the API lets through: fifty programs that look at a site every second. A caller that goes mad is answered 429 and
 * leaves the account's functions to the workflows.
 */
const THROTTLE = { rateLimit: 50, burstLimit: 100 };

/**
 * A line of the access log, as JSON: API Gateway escapes nothing, so that nothing is in it that a caller words freely.
 * "/aws/vendedlogs/" keeps the group out of the account's one small resource policy for log delivery.
 * Source: API Gateway Developer Guide, "Customize HTTP API access logs"; checked 2026-11-29.
 */
const ACCESS_LINE = JSON.stringify({
  time: '$context.requestTime',
  requestId: '$context.requestId',
  caller: '$context.identity.userArn',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integration.error',
});

/** The functions that bring a site to its desired maintenance, which begin switches and look again at a time. */
const FOLLOW = 'follow-window';
const followers = [FOLLOW, 'follow-alarm', 'sweep-maintenance'];

/** The functions that keep schedules of sites, or delete them. */
const schedulers = new Set([
  'switch-maintenance',
  'create-window',
  'change-window',
  'cancel-window',
  'mark-undone',
  ...followers,
]);

/** The functions that start or stop operations, and so are told of the workflows. */
const operators = new Set([
  'create-site',
  'change-site',
  'resume-site',
  'cancel-site',
  'undo-site',
  'delete-site',
  'mark-failed',
  'switch-maintenance',
  'repair-site',
  ...followers,
]);

/** The functions that begin or plan operations for tenants, and so are told what each may have. */
const beginners = new Set(['create-plan', 'create-site', 'change-site', 'resume-site', 'repair-site']);

/** The functions that write the pages of sites, or plan what shows them. */
const pageTellers = new Set(['page', 'prove-page', 'survey-account']);

/** What people are told of. */
const TOLD = [
  'Site Live',
  'Site Failed',
  'Site Undone',
  'Maintenance Announced',
  'Maintenance Switched',
  'Maintenance Failed',
  'Maintenance Held',
  'Failover Began',
  'Failover Ended',
  'Alarm Missing',
];

/** What people read of an alert. */
const ALERT_MAIL = [
  `${EventField.fromPath('$.detail-type')}: ${EventField.fromPath('$.detail.domain')}`,
  `${EventField.fromPath('$.detail.message')} (${EventField.fromPath('$.detail.severity')}, ${EventField.fromPath('$.detail.code')})`,
  `What was seen: ${EventField.fromPath('$.detail.evidence')}`,
  `What to do: ${EventField.fromPath('$.detail.fix')}`,
  `Alert ${EventField.fromPath('$.detail.id')}, raised at ${EventField.fromPath('$.detail.raisedAt')}`,
].join('\n');

/** A sweep waits for the looks that it has made. Source: Lambda quotas, "Function timeout"; checked 2026-11-30. */
const SWEEP_TIME = Duration.minutes(15);

/** The functions that look at the account, and those that ask them. */
const SURVEY = 'survey-account';
const SURVEY_REMOVAL = 'survey-removal';
const askers = new Set(['create-plan', 'create-site', 'change-site', 'repair-site']);
const removers = new Set(['undo-site', 'delete-site']);

/** All of Nameplate in the user's account: functions, workflow, ledger, events, notifications and the API. */
export class NameplateStack extends Stack {
  constructor(scope: Construct, id: string, { functions, ...props }: NameplateStackProps) {
    super(scope, id, props);

    new CfnRule(this, 'OnePartition', {
      assertions: [{ assert: Fn.conditionEquals(Aws.PARTITION, PARTITION), assertDescription: ONE_PARTITION }],
    });

    const ledger = new TableV2(this, 'Ledger', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: 'gsi1',
          partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
          sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
      ],
      timeToLiveAttribute: 'expiresAt',
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const bus = new EventBus(this, 'Bus', { description: 'What happens to sites' });
    const notifications = new Topic(this, 'Notifications', { enforceSSL: true });
    new Rule(this, 'Notify', {
      description: 'Tells people what happened to a site: live, failed, undone, or of its maintenance',
      eventBus: bus,
      eventPattern: { source: ['nameplate'], detailType: TOLD },
      targets: [new SnsTopic(notifications)],
    });
    new Rule(this, 'NotifyAlerts', {
      description: 'Tells people of alerts, in words',
      eventBus: bus,
      eventPattern: { source: ['nameplate'], detailType: ['Alert Raised', 'Alert Escalated', 'Alert Resolved'] },
      targets: [new SnsTopic(notifications, { message: RuleTargetInput.fromMultilineText(ALERT_MAIL) })],
    });

    const mutation = new StringParameter(this, 'Mutation', {
      parameterName: `/nameplate/${this.stackName}/mutation`,
      description: `"${STOPPED}" stops all that Nameplate changes within a minute and holds what runs`,
      stringValue: ALLOWED,
      allowedPattern: `^(${ALLOWED}|${STOPPED})$`,
    });

    // Whatever a function that creates roles puts into them, they can do no more than this.
    const boundary = new ManagedPolicy(this, 'AcmeBoundary', {
      description: 'Bounds the roles that ACME clients of servers are judged by',
      statements: [
        new PolicyStatement({
          actions: ['acm:RequestCertificate', 'acm:RevokeCertificate'],
          resources: ['*'],
          conditions: { StringEquals: { 'acm:CertificateKeyPairOrigin': 'ACME' } },
        }),
      ],
    });
    acknowledgeWildcards(boundary, ['*']);

    const instances = new InstanceProfile(this, 'Instances');
    const pages = new Pages(this, 'Pages');
    const schedules = new CfnScheduleGroup(this, 'Schedules', { name: this.stackName });
    const scheduler = new Role(this, 'SchedulerRole', {
      description: 'Lets EventBridge Scheduler look at a site when a maintenance window begins or ends',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account, 'aws:SourceArn': schedules.attrArn } },
      }),
    });

    const workflowArn = (name: string): string =>
      this.formatArn({
        service: 'states',
        resource: 'stateMachine',
        resourceName: `${id}-${name}`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    const version = workflowVersion();
    const definitions = WORKFLOWS.map((name) => [name, JSON.stringify(definitionOf(name))] as const);
    const handlers = new Map<string, Handler>();
    const survey = {
      functionName: Lazy.string({ produce: () => handler(SURVEY).lambda.functionName }),
      functionArn: Lazy.string({ produce: () => handler(SURVEY).lambda.functionArn }),
    };
    const surveyRemoval = {
      functionName: Lazy.string({ produce: () => handler(SURVEY_REMOVAL).lambda.functionName }),
      functionArn: Lazy.string({ produce: () => handler(SURVEY_REMOVAL).lambda.functionArn }),
    };
    const prove = {
      functionName: Lazy.string({ produce: () => handler('prove-page').lambda.functionName }),
      functionArn: Lazy.string({ produce: () => handler('prove-page').lambda.functionArn }),
    };
    const care = {
      functionName: Lazy.string({ produce: () => handler('care-for-site').lambda.functionName }),
      functionArn: Lazy.string({ produce: () => handler('care-for-site').lambda.functionArn }),
    };
    const repair = {
      functionName: Lazy.string({ produce: () => handler('repair-site').lambda.functionName }),
      functionArn: Lazy.string({ produce: () => handler('repair-site').lambda.functionArn }),
    };
    const follow = Lazy.string({ produce: () => handler(FOLLOW).lambda.functionArn });
    for (const name of functionFiles().map(functionName)) {
      handlers.set(
        name,
        new Handler(this, pascal(name), {
          name,
          functions,
          timeout: name === 'sweep-care' ? SWEEP_TIME : Duration.seconds(30),
          environment: {
            TABLE_NAME: ledger.tableName,
            EVENT_BUS_NAME: bus.eventBusName,
            STACK_NAME: this.stackName,
            MUTATION_PARAMETER: mutation.parameterName,
            ACCOUNT_ID: this.account,
            ...(beginners.has(name) && {
              TENANT_OPERATIONS: String(contextNumber(this, 'tenantOperations', { byDefault: 100 })),
              TENANT_SHARE_PERCENT: String(contextNumber(this, 'tenantSharePercent', { byDefault: 50, most: 100 })),
            }),
            ...(name === 'domain-validation' && { ACME_BOUNDARY_ARN: boundary.managedPolicyArn }),
            ...(name === 'instance' && { INSTANCE_PROFILE: instances.profileName }),
            ...(pageTellers.has(name) && pages.environment),
            ...(schedulers.has(name) && {
              SCHEDULE_GROUP: this.stackName,
              SCHEDULE_ROLE_ARN: scheduler.roleArn,
              ...(name !== FOLLOW && { FOLLOW_FUNCTION_ARN: follow }),
            }),
            ...(name === 'prove-pages' && { PROVE_FUNCTION: prove.functionName }),
            ...(name === 'care-for-site' && { REPAIR_FUNCTION: repair.functionName }),
            ...((name === 'sweep-care' || name === 'prove-page') && { CARE_FUNCTION: care.functionName }),
            ...(askers.has(name) && { SURVEY_FUNCTION: survey.functionName }),
            ...(removers.has(name) && { SURVEY_FUNCTION: surveyRemoval.functionName }),
            ...(!(name in routes) && { WORKFLOW_VERSION: version }),
            ...(operators.has(name) && {
              STATE_MACHINE_ARN: workflowArn('Onboard'),
              UNDO_STATE_MACHINE_ARN: workflowArn('Undo'),
              SWITCH_STATE_MACHINE_ARN: workflowArn('Switch'),
            }),
          },
          grants: grantsOf(name, {
            partition: this.partition,
            region: this.region,
            account: this.account,
            stack: this.stackName,
            ledgerArn: ledger.tableArn,
            mutationParameterArn: mutation.parameterArn,
            busArn: bus.eventBusArn,
            workflowArns: WORKFLOWS.map(workflowArn),
            surveyArn: survey.functionArn,
            surveyRemovalArn: surveyRemoval.functionArn,
            pagesArn: pages.bucket.bucketArn,
            acmeBoundaryArn: boundary.managedPolicyArn,
            instanceRoleArn: instances.roleArn,
            scheduleArns: this.formatArn({
              service: 'scheduler',
              resource: 'schedule',
              resourceName: `${this.stackName}/np-*`,
            }),
            schedulerRoleArn: scheduler.roleArn,
            followArn: follow,
            proveArn: prove.functionArn,
            careArn: care.functionArn,
            repairArn: repair.functionArn,
          }),
        }),
      );
    }
    const handler = (name: string): Handler => {
      const found = handlers.get(name);
      if (!found) throw new Error(`Cannot wire "${name}": functions/ has no file of that name`);
      return found;
    };

    scheduler.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler(FOLLOW).lambda.functionArn] }),
    );

    const api = new HttpApi(this, 'Api', { description: 'Nameplate', createDefaultStage: false });
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/apigateway/${this.stackName}`,
      retention: LOG_RETENTION,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(ACCESS_LINE),
      },
    });
    const signed = new HttpIamAuthorizer();
    for (const [name, [method, path]] of Object.entries(routes)) {
      const integration = new HttpLambdaIntegration(`${pascal(name)}Integration`, handler(name).lambda);
      api.addRoutes({ path, methods: [method], integration, authorizer: signed });
    }

    new Rule(this, 'CertificateEvents', {
      description: 'Wakes the workflow that waits for a certificate',
      eventPattern: { source: ['aws.acm'], detailType: ['ACM Certificate Available'] },
      targets: [new LambdaTarget(handler('await-certificate').lambda)],
    });

    new Rule(this, 'AlarmEvents', {
      description: 'Brings the sites of an alarm to what it asks for',
      eventPattern: { source: ['aws.cloudwatch'], detailType: ['CloudWatch Alarm State Change'] },
      targets: [new LambdaTarget(handler('follow-alarm').lambda)],
    });

    new Rule(this, 'MaintenanceSweep', {
      description: 'Brings sites to their desired maintenance where an event was lost',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaTarget(handler('sweep-maintenance').lambda)],
    });

    new Rule(this, 'PageProofs', {
      description: 'Looks at the maintenance page of every site',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(handler('prove-pages').lambda)],
    });

    const ofSite = { event: RuleTargetInput.fromObject({ domain: EventField.fromPath('$.detail.domain') }) };
    new Rule(this, 'PagesOfLiveSites', {
      description:
        'Looks at the maintenance page of a site as soon as the site is live as declared, or is said to show its page',
      eventBus: bus,
      eventPattern: { source: ['nameplate'], detailType: ['Site Live', 'Failover Began'] },
      targets: [new LambdaTarget(handler('prove-page').lambda, ofSite)],
    });

    new Rule(this, 'MaintenanceMeanwhile', {
      description: 'Brings a site to its desired maintenance that was not changed while another operation ran',
      eventBus: bus,
      eventPattern: { source: ['nameplate'], detailType: ['Site Live', 'Maintenance Switched'] },
      targets: [new LambdaTarget(handler(FOLLOW).lambda, ofSite)],
    });

    new Rule(this, 'CareSweep', {
      description: 'Has each live site looked at once in six hours, and each one with an alert in every',
      // In the middle of the hour, whatever the hour is told to be: which sites it is for is told by the hour.
      schedule: Schedule.cron({ minute: '30' }),
      targets: [new LambdaTarget(handler('sweep-care').lambda)],
    });

    new Rule(this, 'RenewalEvents', {
      description: 'Has the site of a certificate looked at that is not renewed, or at its end',
      eventPattern: { source: ['aws.acm'], detailType: [...RENEWAL_EVENTS] },
      targets: [new LambdaTarget(handler('care-for-site').lambda)],
    });

    new Rule(this, 'SitesUndone', {
      description: 'Ends the alerts of a site that is gone',
      eventBus: bus,
      eventPattern: { source: ['nameplate'], detailType: ['Site Undone'] },
      targets: [new LambdaTarget(handler('care-for-site').lambda)],
    });

    new Rule(this, 'StoppedWorkflows', {
      description: 'Holds the site of a workflow that ended and could not say so itself',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
          stateMachineArn: WORKFLOWS.map(workflowArn),
        },
      },
      targets: [new LambdaTarget(handler('mark-stopped').lambda)],
    });

    for (const [name, definition] of definitions) {
      const open = names(definition);
      const called = [...handlers].filter(([handlerName]) => open.has(pascal(handlerName)));
      const workflow = new StateMachine(this, name, {
        stateMachineName: `${id}-${name}`,
        definitionBody: DefinitionBody.fromString(definition),
        definitionSubstitutions: {
          EventBusName: bus.eventBusName,
          WorkflowVersion: version,
          ...Object.fromEntries(called.map(([handlerName, { lambda }]) => [pascal(handlerName), lambda.functionArn])),
        },
        queryLanguage: QueryLanguage.JSONATA,
        tracingEnabled: true,
      });
      // Executions of earlier versions call functions that are gone: they must be told so, and not be denied.
      const ours = this.formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: `${this.stackName}-*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      workflow.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [ours] }));
      acknowledgeWildcards(workflow, ['*', ours]);
      acknowledge(workflow, 'SF1', 'Each execution keeps its whole history for 90 days, and the ledger its timeline');
      bus.grantPutEventsTo(workflow);
    }

    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint, description: 'Where sites are declared' });
    new CfnOutput(this, 'KillSwitch', {
      value: mutation.parameterName,
      description: 'Set it to "stopped" to stop all changes',
    });
    new CfnOutput(this, 'NotificationsTopicArn', {
      value: notifications.topicArn,
      description: 'Subscribe to be told',
    });
  }
}

/** The names that a workflow leaves open for the stack to fill in. */
const names = (definition: string): Set<string | undefined> =>
  new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
