import type { DeleteDistributionRequest } from '@aws-sdk/client-cloudfront';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { onDistribution } from '../permissions.ts';
import { isDeployed } from './distribution.ts';
import { checkIfMatch, findDistribution } from './find.ts';
import { listedAt } from './listed-late.ts';

/** Deletes a distribution that is disabled, and disabled everywhere. */
export function deleteDistribution(
  cloudFront: CloudFront,
): Operation<DeleteDistributionRequest, Record<string, never>> {
  return {
    ...onDistribution(cloudFront, ({ Id }) => Id),
    run({ Id, IfMatch }) {
      const distribution = findDistribution(cloudFront, Id);
      checkIfMatch(distribution, IfMatch);
      const { config, domainName, arn, id } = distribution;
      if (config.Enabled || !isDeployed(distribution, cloudFront.host.clock.now())) {
        throw new AwsError(
          'DistributionNotDisabled',
          'The distribution you are trying to delete has not been disabled.',
        );
      }
      const { awsNames, certificates } = cloudFront.around;
      cloudFront.distributions.delete(id);
      cloudFront.deleted.set(distribution, listedAt(cloudFront, id));
      for (const edge of cloudFront.edges) edge.forget(distribution);
      awsNames.delete(domainName);
      distribution.close();
      const certificate = config.ViewerCertificate.ACMCertificateArn;
      if (certificate) certificates.release(certificate, arn);
      return {};
    },
  };
}
