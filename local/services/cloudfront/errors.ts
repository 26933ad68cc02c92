import { AwsError } from '../../wire/service.ts';

// The messages are AWS's own where logs, issue threads or the troubleshooting pages of the developer guide show them; checked 2026-11-29.

const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html';

export const invalidArgument = (message: string): AwsError => new AwsError('InvalidArgument', message);

/** A member that the operation needs and the schema does not. */
export const required = (name: string): AwsError => invalidArgument(`The parameter ${name} is required.`);

export const illegalUpdate = (message: string): AwsError => new AwsError('IllegalUpdate', message);

export const noSuchDistribution = (): AwsError =>
  new AwsError('NoSuchDistribution', 'The specified distribution does not exist.');

export const noSuchCachePolicy = (): AwsError =>
  new AwsError('NoSuchCachePolicy', 'The specified cache policy does not exist.');

export const noSuchOriginRequestPolicy = (): AwsError =>
  new AwsError('NoSuchOriginRequestPolicy', 'The specified origin request policy does not exist.');

export const noSuchResponseHeadersPolicy = (): AwsError =>
  new AwsError('NoSuchResponseHeadersPolicy', 'The specified response headers policy does not exist.');

export const invalidIfMatch = (): AwsError =>
  new AwsError('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.');

export const preconditionFailed = (): AwsError =>
  new AwsError(
    'PreconditionFailed',
    "The request failed because it didn't meet the preconditions in one or more request-header fields.",
  );

export const invalidViewerCertificate = (message: string): AwsError =>
  new AwsError('InvalidViewerCertificate', message);

/** The alias is on another distribution, of whatever account. */
export const aliasOnAnother = (): AwsError =>
  new AwsError(
    'CNAMEAlreadyExists',
    'One or more of the CNAMEs you provided are already associated with a different resource.',
  );

/** The alias is on none, and its name still leads to another distribution. */
export const aliasResolvesToAnother = (): AwsError =>
  new AwsError(
    'CNAMEAlreadyExists',
    `One or more aliases specified for the distribution includes an incorrectly configured DNS record that points to another CloudFront distribution. You must update the DNS record to correct the problem. For more information, see ${GUIDE}#alternate-domain-names-restrictions`,
  );

export const aliasWithoutCertificate = (): AwsError =>
  invalidViewerCertificate(
    `To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name. For more details, see: ${GUIDE}#alternate-domain-names-requirements`,
  );

export const aliasNotCovered = (): AwsError =>
  invalidViewerCertificate(
    `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. For more details, see: ${GUIDE}#alternate-domain-names-requirements`,
  );

export const untrustedCertificate = (): AwsError =>
  invalidViewerCertificate(
    `The certificate that is attached to your distribution was not issued by a trusted Certificate Authority. For more details, see: ${GUIDE}#alternate-domain-names-requirements`,
  );

export const unusableCertificate = (): AwsError =>
  invalidViewerCertificate(
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
  );

/** What CloudFront has and the local AWS has not: named, instead of taken in silence. */
export const notHere = (what: string): AwsError =>
  new AwsError('NotImplemented', `${what} is not part of this local AWS`, { status: 501 });
