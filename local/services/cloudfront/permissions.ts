import type { Call, Judged, Keys } from '../../wire/service.ts';
import type { CloudFront } from './cloudfront.ts';

/** A function as policies name it, with its tags; one that does not exist has none. */
export const functionJudged = ({ functions }: CloudFront, { account }: Call, name = '*'): Judged => ({
  arn: `arn:aws:cloudfront::${account}:function/${name}`,
  keys: resourceTags(functions.get(name)?.tags),
});

/** A distribution as policies name it, with its tags; one that does not exist has none. */
export const distributionJudged = (cloudFront: CloudFront, { account }: Call, id: string | undefined): Judged => ({
  arn: `arn:aws:cloudfront::${account}:distribution/${id ?? '*'}`,
  keys: resourceTags(cloudFront.distributions.get(id ?? '')?.tags),
});

const resourceTags = (tags: ReadonlyMap<string, string> | undefined): Keys =>
  Object.fromEntries([...(tags ?? [])].map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));

/** For an operation on one distribution. */
export const onDistribution = <Input>(cloudFront: CloudFront, idOf: (input: Input) => string | undefined) => ({
  resources: (input: Input, call: Call): Judged[] => [distributionJudged(cloudFront, call, idOf(input))],
});
