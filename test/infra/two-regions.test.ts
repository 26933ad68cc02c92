import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ForwardingStack } from '../../infra/forwarding-stack.ts';
import { RENEWAL_EVENTS } from '../../infra/renewal-events.ts';
import { context } from '../../infra/synthesize.ts';
import { Authority } from '../../local/certificates/authority.ts';
import { type LocalAws, startLocalAws } from '../../local/local-aws.ts';
import { assembly } from '../support/assembly.ts';
import { aCertificate } from '../support/certificates.ts';

const DAY_MS = 24 * 3_600_000;

const home = 'eu-central-1';
const folder = mkdtempSync(join(tmpdir(), 'nameplate-forwarding-'));
const app = new App({ context: context(), outdir: folder });
const stack = new ForwardingStack(app, { home });
let aws: LocalAws;

beforeAll(async () => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  aws = await startLocalAws({ assembly: assembly(), region: home, unluckyShare: 0, doubledShare: 0 });
  await aws.deploy(folder);
});
afterAll(async () => {
  await aws?.close();
  rmSync(folder, { recursive: true });
});

const ask = async <Output>(operation: string, input: object): Promise<Output> => {
  const principal = { arn: `arn:aws:iam::${aws.account}:root` };
  return (await aws.dispatch({ service: 'acm', operation, input, principal, region: 'us-east-1' })) as Output;
};

describe("a stack outside of CloudFront's region (A22)", () => {
  test('has one beside it, named after its region: an account may have Nameplate in several', () => {
    expect(stack.stackName).toBe('NameplateEvents-eu-central-1');
    expect(stack.region).toBe('us-east-1');
  });

  test('whose rules hand on that a certificate is available and that an alarm has changed, by a role that may do nothing else', () => {
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Events::Rule', 2);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.acm'], 'detail-type': ['ACM Certificate Available', ...RENEWAL_EVENTS] },
    });
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Action: 'events:PutEvents',
        Effect: 'Allow',
        Resource: {
          'Fn::Join': ['', ['arn:aws:events:eu-central-1:', { Ref: 'AWS::AccountId' }, ':event-bus/default']],
        },
      },
    ]);
  });

  test('hears of a certificate of us-east-1 within a second (W5)', async () => {
    const now = aws.clock.now().getTime();
    const { certificatePem, chainPem, privateKeyPem } = await aCertificate(await Authority.create(), {
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + 90 * DAY_MS),
    });
    const { CertificateArn } = await ask<{ CertificateArn: string }>('ImportCertificate', {
      Certificate: Buffer.from(certificatePem),
      CertificateChain: Buffer.from(chainPem),
      PrivateKey: Buffer.from(privateKeyPem),
    });
    const deliveries = () =>
      aws.events.log.deliveries.filter(({ target }) => target.includes(`:lambda:${home}:`) && target.includes('Await'));
    await aws.clock.advance(1_000);
    const published = aws.events.log.published.filter(({ event }) => event.resources.includes(CertificateArn));
    expect(published.map(({ bus }) => bus.split(':')[3])).toEqual(['us-east-1', home]);
    await aws.clock.until(() => deliveries().length > 0);
    expect(deliveries()).toMatchObject([{ outcome: 'delivered', eventId: published[0]?.event.id }]);
  });
});
