/**
 * Names that Amazon serves or holds, with everything below them. Source: ACM User Guide, "Public certificate
 * characteristics", which names the first three; AWS General Reference, "Service endpoints and quotas". Checked 2026-11-22.
 */
const AMAZON_NAMES = [
  'amazonaws.com',
  'cloudfront.net',
  'elasticbeanstalk.com',
  'amazon.com',
  'amazon.dev',
  'amazonaws-china.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'amazoncognito.com',
  'amazonlightsail.com',
  'amazonses.com',
  'amazontrust.com',
  'amazonwebservices.com',
  'amazonwebservices.com.cn',
  'amplifyapp.com',
  'aws',
  'aws.dev',
  'awsapprunner.com',
  'awsapps.com',
  'awsdns.com',
  'awsglobalaccelerator.com',
  'cloudfront.cn',
  'elasticbeanstalk.com.cn',
];

/** Route 53's name servers: "ns-1.awsdns-00.com", and ".net", ".org", ".co.uk". Source: Route 53 Developer Guide, "Name servers". */
const NAME_SERVERS = /(^|\.)awsdns-\d{2}\.(com|net|org|co\.uk)$/;

/** True for Amazon's own names and what lies below them, such as "d111111abcdef8.cloudfront.net". */
export function isAmazonsOwn(name: string): boolean {
  return NAME_SERVERS.test(name) || AMAZON_NAMES.some((own) => name === own || name.endsWith(`.${own}`));
}
