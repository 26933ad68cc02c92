/** The partition that Nameplate is built for and tested in. */
export const PARTITION = 'aws';

/** Regions of the others, by how their names begin: China, GovCloud, the European Sovereign Cloud, the isolated ones. */
const OTHER_REGIONS = /^(cn|us-gov|eusc|[a-z]{2}-iso[a-z]*)-/;

/** Why there is one partition only, and what to do. The template says it too, for a deployment that `npm run deploy` does not start. */
export const ONE_PARTITION = `Nameplate works in the partition "${PARTITION}" only, whose ARNs its workflows name and whose Route 53, ACM and ELB it is tested for; deploy it to a region such as "eu-central-1"`;

const refusal = (where: string): string => `Cannot deploy to ${where}: ${ONE_PARTITION}`;

/** Why there can be no stack in a partition: "aws-cn". */
export const partitionProblem = (partition: string): string | undefined =>
  partition === PARTITION ? undefined : refusal(`the partition "${partition}"`);

/** Why there can be no stack in a region, by its name alone: "us-gov-west-1". */
export const regionProblem = (region: string | undefined): string | undefined =>
  region !== undefined && OTHER_REGIONS.test(region) ? refusal(`the region "${region}"`) : undefined;
