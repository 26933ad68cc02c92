import type {
  DistributionConfig,
  DistributionSummary,
  GetDistributionConfigResult,
  ListDistributionsResult,
} from '@aws-sdk/client-cloudfront';
import type { Nameplate } from './nameplate.ts';

/** Changes settings of a distribution as a person would in the console. */
export async function changeDistribution(
  { ask }: Nameplate,
  Id: string | undefined,
  change: (config: DistributionConfig | undefined) => object,
): Promise<void> {
  const { DistributionConfig: config, ETag } = await ask<GetDistributionConfigResult>(
    'cloudfront',
    'GetDistributionConfig',
    { Id },
  );
  const DistributionConfig = { ...config, ...change(config) };
  await ask('cloudfront', 'UpdateDistribution', { Id, IfMatch: ETag, DistributionConfig });
}

/** Changes the origin of that name. */
export async function changeOrigin(nameplate: Nameplate, name: string, changes: object): Promise<void> {
  const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  const isAsking = ({ Origins }: DistributionSummary) => Origins?.Items?.some(({ DomainName }) => DomainName === name);
  await changeDistribution(nameplate, DistributionList?.Items?.find(isAsking)?.Id, (config) => {
    const Items = config?.Origins?.Items?.map((origin) => ({ ...origin, ...changes }));
    return { Origins: { Quantity: Items?.length, Items } };
  });
}
