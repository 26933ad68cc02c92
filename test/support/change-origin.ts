import type {
  DistributionSummary,
  GetDistributionConfigResult,
  ListDistributionsResult,
} from '@aws-sdk/client-cloudfront';
import type { Nameplate } from './nameplate.ts';

/** Changes an origin of a distribution as a person would in the console. */
export async function changeOrigin({ ask }: Nameplate, name: string, changes: object): Promise<void> {
  const { DistributionList } = await ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  const isAsking = ({ Origins }: DistributionSummary) => Origins?.Items?.some(({ DomainName }) => DomainName === name);
  const Id = DistributionList?.Items?.find(isAsking)?.Id;
  const { DistributionConfig: config, ETag } = await ask<GetDistributionConfigResult>(
    'cloudfront',
    'GetDistributionConfig',
    { Id },
  );
  const Items = config?.Origins?.Items?.map((origin) => ({ ...origin, ...changes }));
  const DistributionConfig = { ...config, Origins: { Quantity: Items?.length, Items } };
  await ask('cloudfront', 'UpdateDistribution', { Id, IfMatch: ETag, DistributionConfig });
}
