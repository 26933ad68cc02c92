import { Aws, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { CLOUDFRONT_REGION } from '../domain/certificates/place.ts';
import { ONE_PARTITION, PARTITION } from './deployment/partition.ts';
import { RENEWAL_EVENTS } from './renewal-events.ts';

/**
 * Forwards, to the region where Nameplate is, what ACM and CloudWatch tell the bus of CloudFront's region alone. One for each such region: an
 * account may have Nameplate in several.
 */
export class ForwardingStack extends Stack {
  constructor(scope: Construct, { home }: { home: string }) {
    super(scope, `NameplateEvents-${home}`, {
      env: { region: CLOUDFRONT_REGION },
      description: `Events of CloudFront's certificates and Route 53's alarms for Nameplate in ${home}`,
    });
    new CfnRule(this, 'OnePartition', {
      assertions: [{ assert: Fn.conditionEquals(Aws.PARTITION, PARTITION), assertDescription: ONE_PARTITION }],
    });
    const bus = this.formatArn({ service: 'events', region: home, resource: 'event-bus', resourceName: 'default' });
    const toHome = new BusTarget(EventBus.fromEventBusArn(this, 'Home', bus));
    new Rule(this, 'CertificateEvents', {
      description: `Tells Nameplate in ${home} of certificates that CloudFront can serve`,
      eventPattern: { source: ['aws.acm'], detailType: ['ACM Certificate Available', ...RENEWAL_EVENTS] },
      targets: [toHome],
    });
    new Rule(this, 'AlarmEvents', {
      description: `Tells Nameplate in ${home} of alarms: metrics of Route 53's health checks are here alone`,
      eventPattern: { source: ['aws.cloudwatch'], detailType: ['CloudWatch Alarm State Change'] },
      targets: [toHome],
    });
  }
}
