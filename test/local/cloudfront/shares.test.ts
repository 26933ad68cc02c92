import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ACloudFront, aCloudFront, aConfig } from './a-cloudfront.ts';

let world: ACloudFront;
beforeEach(async () => {
  world = await aCloudFront();
});
afterEach(() => world.close());

const FUNCTION = 'TooManyDistributionsWithSingleFunctionARN';
const POLICY = 'TooManyDistributionsAssociatedToResponseHeadersPolicy';
const ACCESS_CONTROL = 'TooManyDistributionsAssociatedToOriginAccessControl';

test('a function, a response headers policy and an access control have a hundred distributions each, which go on being changed', async () => {
  const { cloudfront, aws } = world;
  const { ETag, FunctionSummary } = await cloudfront.createFunction({
    Name: 'pass',
    FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    FunctionCode: new TextEncoder().encode('function handler(event) { return event.request; }'),
  });
  await cloudfront.publishFunction({ Name: 'pass', IfMatch: ETag });
  const { ResponseHeadersPolicy } = await cloudfront.createResponseHeadersPolicy({
    ResponseHeadersPolicyConfig: { Name: 'page', RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: 'Server' }] } },
  });
  const { OriginAccessControl } = await cloudfront.createOriginAccessControl({
    OriginAccessControlConfig: {
      Name: 'pages',
      SigningProtocol: 'sigv4',
      SigningBehavior: 'always',
      OriginAccessControlOriginType: 's3',
    },
  });
  const functions = {
    FunctionAssociations: {
      Quantity: 1,
      Items: [
        {
          FunctionARN: String(FunctionSummary?.FunctionMetadata?.FunctionARN),
          EventType: 'viewer-request' as const,
        },
      ],
    },
  };
  const policy = { ResponseHeadersPolicyId: String(ResponseHeadersPolicy?.Id) };
  const bucket = {
    DomainName: 'pages.s3.us-east-1.amazonaws.com',
    CustomOriginConfig: undefined,
    S3OriginConfig: { OriginAccessIdentity: '' },
    OriginAccessControlId: String(OriginAccessControl?.Id),
  };
  const creating = (reference: string, { behavior = {}, origin = {} }: { behavior?: object; origin?: object }) =>
    cloudfront.createDistribution({
      DistributionConfig: {
        ...aConfig({ origin, behavior: { OriginRequestPolicyId: undefined, ...behavior } }),
        CallerReference: reference,
      },
    });
  for (let count = 1; count <= 100; count += 1) {
    await creating(`d${count}`, { behavior: { ...functions, ...policy }, origin: bucket });
    await aws.clock.advance(1000);
  }
  await expect(creating('one', { behavior: functions })).rejects.toMatchObject({ name: FUNCTION });
  await expect(creating('one', { behavior: policy })).rejects.toMatchObject({ name: POLICY });
  await expect(creating('one', { origin: bucket })).rejects.toMatchObject({ name: ACCESS_CONTROL });
  await creating('one', {});

  const { DistributionList } = await cloudfront.listDistributions({});
  const Id = DistributionList?.Items?.[0]?.Id;
  const known = await cloudfront.getDistributionConfig({ Id });
  await cloudfront.updateDistribution({
    Id,
    IfMatch: known.ETag,
    DistributionConfig: { ...known.DistributionConfig, Comment: 'changed' } as never,
  });
});
