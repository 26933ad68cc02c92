import {
  CreateListenerCommand,
  DescribeListenersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import type { Site } from '../../domain/sites/site.ts';
import { useLedger } from './ledger.ts';
import { givenSite, ownTags } from './steps.ts';

/** A load balancer without listeners, and a site whose earlier steps have created all that a listener needs. */
export function useListeners() {
  const ledger = useLedger();
  const elb = mockClient(ElasticLoadBalancingV2Client);

  beforeEach(() => {
    elb.reset();
    elb
      .on(CreateListenerCommand)
      .resolves({ Listeners: [{ ListenerArn: 'arn:new' }] })
      .on(DescribeTagsCommand)
      .callsFake(({ ResourceArns }: { ResourceArns: string[] }) => ({
        TagDescriptions: ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags: ownTags })),
      }))
      .on(ModifyListenerCommand)
      .resolves({});
    having();
  });

  const having = (...Listeners: Listener[]) => elb.on(DescribeListenersCommand).resolves({ Listeners });

  const given = (site: Partial<Site> = {}, outputs: Partial<StepOutputs> = {}) =>
    givenSite(ledger, {
      site,
      outputs: {
        CreateLoadBalancer: {
          loadBalancerArn: 'arn:lb',
          dnsName: 'np',
          zoneId: 'Z',
          createdAt: '2026-11-22T12:00:00.000Z',
        },
        RequestCertificate: { certificateArn: 'arn:certificate', records: [] },
        CreateTargetGroup: { targetGroupArn: 'arn:tg' },
        ...outputs,
      },
    });

  return { ledger, elb, having, given };
}
