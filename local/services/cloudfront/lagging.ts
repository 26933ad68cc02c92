import { AwsError, type LaggingKind } from '../../wire/service.ts';
import { noSuchDistribution } from './errors.ts';

const ID = /^E[A-Z0-9]{13}$/;
const ARN = /^arn:aws:cloudfront::\d{12}:distribution\/E[A-Z0-9]{13}$/;
const noSuchResource = (): AwsError => new AwsError('NoSuchResource', 'The specified resource does not exist.');

/** What of CloudFront is not found for some seconds after it was created. A changed configuration is read late: see `seenBy`. */
export const LAGGING: readonly LaggingKind[] = ['CreateDistribution', 'CreateDistributionWithTags'].flatMap(
  (createdBy): LaggingKind[] => [
    { ids: ID, notFound: noSuchDistribution, createdBy },
    { ids: ARN, notFound: noSuchResource, createdBy },
  ],
);
