import {
  DeleteListenerCommand,
  DeleteRuleCommand,
  DescribeListenerCertificatesCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  ListenerNotFoundException,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/resources/listener.ts';
import { about, arn, made, onItsLoadBalancer, useRemoving } from '../../support/removing.ts';
import { event as anEvent, context, givenChange, givenStep, mutations, ownTags, theStep } from '../../support/steps.ts';

const { ledger, elb, tags, listeners } = useRemoving();
const event = { ...anEvent, phase: 'release' as const };

describe('RemoveListeners', () => {
  test('deletes ours and takes them out of the ledger', async () => {
    await givenStep(ledger, { name: 'AttachCertificate', made: [made('listener', 'arn:443')] });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(elb.commandCalls(DeleteListenerCommand)[0]?.args[0].input).toEqual({ ListenerArn: 'arn:443' });
    expect((await theStep(ledger, 'AttachCertificate')).made).toEqual([]);
  });

  test.each([
    ['of ours', true],
    ['that a document named', false],
  ])('L7: has a listener that stays serve no further certificate %s, and leaves those of others', async (_, ours) => {
    await givenChange(ledger, { outputs: onItsLoadBalancer });
    await givenStep(ledger, { name: 'RequestCertificate', made: [{ ...made('certificate', 'arn:former'), ours }] });
    listeners('arn:443');
    const further = ['arn:former', 'arn:theirs'].map((CertificateArn) => ({ CertificateArn, IsDefault: false }));
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: further });
    await handler(event, context);
    expect(mutations(elb)).toEqual(['RemoveListenerCertificates']);
    expect(elb.commandCalls(RemoveListenerCertificatesCommand)[0]?.args[0].input).toEqual({
      ListenerArn: 'arn:443',
      Certificates: [{ CertificateArn: 'arn:former' }],
    });
  });

  test('passes over one that ELB lists and does not find any more', async () => {
    listeners('arn:443');
    tags({ [arn]: ownTags });
    elb.on(DescribeTagsCommand, { ResourceArns: ['arn:443'] }).rejects(new ListenerNotFoundException(about));
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual([]);
  });

  test('leaves a listener without our tags, and a load balancer that only bears our name', async () => {
    listeners('arn:8443');
    expect(await handler(event, context)).toEqual({
      left: [
        {
          type: 'listener',
          id: 'arn:8443',
          why: expect.stringMatching(/^it has no owner tags, and needs the load balancer/),
        },
      ],
    });
    tags({});
    await handler(event, context);
    expect(mutations(elb)).toEqual([]);
  });

  test('C3: leaves a listener that others added rules to, which ELB would delete with it', async () => {
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    const Conditions = [{ Field: 'host-header', Values: ['blog.example.test'] }];
    const Rules = [
      { RuleArn: 'arn:rule', IsDefault: false, Conditions },
      { RuleArn: 'arn:default', IsDefault: true },
    ];
    elb.on(DescribeRulesCommand).resolves({ Rules });
    const why = expect.stringContaining('deleted with it: arn:rule (host-header blog.example.test). Delete them');
    expect(await handler(event, context)).toEqual({ left: [{ type: 'listener', id: 'arn:443', why }] });
    expect(mutations(elb)).toEqual([]);
  });

  test('C3: deletes a listener with the rule of the lock, and shows no value of a header that the rules of others compare', async () => {
    await givenStep(ledger, {
      name: 'AttachCertificate',
      made: [made('listener', 'arn:443'), made('listener rule', 'arn:443 X-Nameplate-Origin')],
    });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    const compares = (RuleArn: string, HttpHeaderName: string) => ({
      RuleArn,
      IsDefault: false,
      Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values: ['their secret'] } }],
    });
    const own = compares('arn:own', 'X-Nameplate-Origin');
    elb.on(DescribeRulesCommand).resolves({ Rules: [own, compares('arn:theirs', 'X-Theirs')] });
    const why = expect.stringContaining('deleted with it: arn:theirs (http-header X-Theirs). Delete them');
    expect(await handler(event, context)).toEqual({ left: [{ type: 'listener', id: 'arn:443', why }] });
    elb.on(DescribeRulesCommand).resolves({ Rules: [own] });
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['DeleteListener']);
    expect((await theStep(ledger, 'AttachCertificate')).made).toEqual([]);
  });

  test('gives an adopted listener back without the rule of the lock', async () => {
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: 'arn:theirs' }];
    const before = { tags: {}, settings: { DefaultActions }, certificates: [] };
    await givenStep(ledger, {
      name: 'AttachCertificate',
      made: [{ ...made('listener', 'arn:443'), before }, made('listener rule', 'arn:443 X-Nameplate-Origin')],
    });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    const HttpHeaderConfig = { HttpHeaderName: 'X-Nameplate-Origin', Values: ['ours'] };
    const Conditions = [{ Field: 'http-header', HttpHeaderConfig }];
    const theirs = { RuleArn: 'arn:theirs', Conditions: [{ Field: 'path-pattern', Values: ['/a'] }] };
    elb.on(DescribeRulesCommand).resolves({ Rules: [{ RuleArn: 'arn:own', Conditions }, theirs] });
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['ModifyListener', 'DeleteRule', 'RemoveTags']);
    expect(elb.commandCalls(DeleteRuleCommand)[0]?.args[0].input).toEqual({ RuleArn: 'arn:own' });
  });

  test('C3: leaves a listener that others added a certificate to, and removes one with certificates of the site alone', async () => {
    await givenStep(ledger, { name: 'RequestCertificate', made: [made('certificate', 'arn:own')] });
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    const serves = (...arns: string[]) =>
      elb
        .on(DescribeListenerCertificatesCommand)
        .resolves({ Certificates: arns.map((CertificateArn) => ({ CertificateArn, IsDefault: false })) });
    serves('arn:own', 'arn:theirs');
    const why = expect.stringContaining('serves their names: arn:theirs. Remove them');
    expect(await handler(event, context)).toEqual({ left: [{ type: 'listener', id: 'arn:443', why }] });
    expect(mutations(elb)).toEqual([]);
    serves('arn:own');
    expect(await handler(event, context)).toEqual({ left: [] });
    expect(mutations(elb)).toEqual(['DeleteListener']);
  });

  test('C3: leaves the listeners of a load balancer that is retained for the records of others', async () => {
    listeners('arn:443');
    tags({ [arn]: ownTags, 'arn:443': ownTags });
    const retained = [{ type: 'load balancer', id: arn, why: 'a record leads to it', serves: true as const }];
    await givenStep(ledger, { name: 'CheckRemoval', output: { retained } });
    expect(await handler(event, context)).toMatchObject({ left: [{ id: 'arn:443' }] });
    expect(mutations(elb)).toEqual([]);
  });
});
