import type { Call, Judged } from '../../wire/service.ts';
import type { CloudFront } from './cloudfront.ts';

/** A distribution as policies name it, with its tags; one that does not exist has none. */
export const distributionJudged = (cloudFront: CloudFront, { account }: Call, id: string | undefined): Judged => ({
  arn: `arn:aws:cloudfront::${account}:distribution/${id ?? '*'}`,
  keys: Object.fromEntries(
    [...(cloudFront.distributions.get(id ?? '')?.tags ?? [])].map(([key, value]) => [
      `aws:ResourceTag/${key}`,
      [value],
    ]),
  ),
});

/** For an operation on one distribution. */
export const onDistribution = <Input>(cloudFront: CloudFront, idOf: (input: Input) => string | undefined) => ({
  resources: (input: Input, call: Call): Judged[] => [distributionJudged(cloudFront, call, idOf(input))],
});
