import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { partitionProblem, regionProblem } from './partition.ts';
import { regionsOf } from './regions.ts';

/** Where `cdk bootstrap` says which version of its stack it has made, unless it is given another qualifier. */
const VERSION_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** What templates ask for that publish their functions' code through the bootstrap bucket. Source: aws-cdk-lib 2.276.0, DefaultStackSynthesizer; checked 2026-11-29. */
const NEEDED_VERSION = 6;

/** Why nothing can be deployed. */
export interface TargetProblem {
  message: string;
  /** Places that `cdk bootstrap` would mend: "aws://123456789012/eu-central-1". */
  bootstrap?: string[];
}

/**
 * Why nothing can be deployed with these credentials in this region: none are there, the partition is another one, or
 * `cdk bootstrap` has not been run in a region that has a stack of Nameplate. Undefined when nothing speaks against it.
 */
export async function targetProblem({
  sts,
  ssmIn,
}: {
  sts: STSClient;
  /** Asks the region that is set, or another one. */
  ssmIn: (region?: string) => SSMClient;
}): Promise<TargetProblem | undefined> {
  const region = await regionOf(ssmIn());
  if (region === undefined)
    return {
      message: 'Cannot deploy: no region is set; set AWS_REGION, or "region" in your AWS profile',
    };
  const elsewhere = regionProblem(region);
  if (elsewhere !== undefined) return { message: elsewhere };
  const caller = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => error);
  if (caller instanceof Error) {
    const why = caller.message.replace(/\.$/, '');
    return {
      message: `Cannot deploy: AWS does not know who asks (${why}); log in, or set AWS_PROFILE`,
    };
  }
  const partition = partitionProblem(caller.Arn?.split(':')[1] ?? '');
  if (partition !== undefined) return { message: partition };
  const places = regionsOf(region).map((each) => ({ place: `aws://${caller.Account}/${each}`, ssm: ssmIn(each) }));
  const messages = await Promise.all(places.map(({ ssm, place }) => bootstrapProblem(ssm, place)));
  const [message] = messages.filter((found) => found !== undefined);
  const bootstrap = places.filter((_, at) => messages[at] !== undefined).map(({ place }) => place);
  return message === undefined ? undefined : { message, bootstrap };
}

async function regionOf({ config }: SSMClient): Promise<string | undefined> {
  try {
    return await config.region();
  } catch {
    // The SDK throws where no environment variable and no profile names one.
    return undefined;
  }
}

async function bootstrapProblem(ssm: SSMClient, place: string): Promise<string | undefined> {
  const found = await ssm.send(new GetParameterCommand({ Name: VERSION_PARAMETER })).catch((error: Error) => error);
  if (found instanceof ParameterNotFound) return `Cannot deploy to ${place}: CDK has not been bootstrapped there`;
  // Whoever may deploy need not be allowed to read this: CDK finds out by itself.
  if (found instanceof Error) return undefined;
  const version = Number(found.Parameter?.Value);
  if (version >= NEEDED_VERSION) return undefined;
  return `Cannot deploy to ${place}: its CDK bootstrap stack has version ${version}, and ${NEEDED_VERSION} is needed`;
}
