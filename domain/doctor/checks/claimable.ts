/**
 * Names of cloud services that their customers choose themselves: where one does not exist any more, any customer can take
 * it. Source: the services' own documents ("dangling DNS", "subdomain takeover"); checked 2026-11-29.
 */
const CHOSEN_BY_CUSTOMERS: readonly [name: RegExp, service: string][] = [
  [/\.elasticbeanstalk\.com$/, 'Elastic Beanstalk'],
  [/\.s3[.-]website[.-][a-z0-9-]+\.amazonaws\.com$/, 'S3'],
  [/\.s3([.-][a-z0-9-]+)?\.amazonaws\.com$/, 'S3'],
  [/\.(azurewebsites|trafficmanager|azureedge|azure-api|cloudapp)\.net$/, 'Azure'],
  [/\.cloudapp\.azure\.com$/, 'Azure'],
  [/\.(blob|web)\.core\.windows\.net$/, 'Azure Storage'],
  [/\.herokuapp\.com$/, 'Heroku'],
  [/\.github\.io$/, 'GitHub Pages'],
  [/\.netlify\.app$/, 'Netlify'],
  [/\.pages\.dev$/, 'Cloudflare Pages'],
];

/** The service whose customers choose names such as this one; undefined where names are given by the service. */
export function chosenByCustomers(name: string): string | undefined {
  return CHOSEN_BY_CUSTOMERS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Names that AWS gives and deletes with the resource. */
const GIVEN_BY_AWS: readonly [name: RegExp, resource: string][] = [
  [/\.elb(\.[a-z0-9-]+)?\.amazonaws\.com$/, 'load balancer'],
  [/\.cloudfront\.net$/, 'CloudFront distribution'],
  [/\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/, 'API of API Gateway'],
  [/\.amplifyapp\.com$/, 'Amplify app'],
  [/\.awsapprunner\.com$/, 'App Runner service'],
  [/\.awsglobalaccelerator\.com$/, 'accelerator'],
  [/\.rds\.amazonaws\.com$/, 'database'],
];

/** What of AWS a name belonged to, where it says so. */
export function awsResourceOf(name: string): string | undefined {
  return GIVEN_BY_AWS.find(([pattern]) => pattern.test(name))?.[1];
}

/** "ec2-203-0-113-7.compute-1.amazonaws.com": follows the address of an instance. */
export function isInstanceName(name: string): boolean {
  return /^ec2-\d+-\d+-\d+-\d+\.([a-z0-9-]+\.)?compute(-1)?\.amazonaws\.com$/.test(name);
}

/** Pages of hosting services that have no site of the name. Source: as above. */
const UNCLAIMED: readonly [page: RegExp, service: string][] = [
  [/There isn't a GitHub Pages site here/, 'GitHub Pages'],
  [/herokucdn\.com\/error-pages\/no-such-app/, 'Heroku'],
  [/<title>404 Web Site not found<\/title>/i, 'Azure'],
  [/Fastly error: unknown domain/, 'Fastly'],
  [/Not Found - Request ID: [0-9A-Z]+/, 'Netlify'],
];

/** The hosting service whose page says that it has no site of the name. */
export function unclaimedAt({ status, body }: { status: number; body: string }): string | undefined {
  return status < 400 ? undefined : UNCLAIMED.find(([pattern]) => pattern.test(body))?.[1];
}
