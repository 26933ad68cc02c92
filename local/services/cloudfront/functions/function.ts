import type { FunctionConfig, FunctionSummary } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import type { Distribution } from '../distributions/distribution.ts';
import type { EdgeLocation } from '../edge/edge-location.ts';
import type { Program } from './program.ts';

/** One of the two stages of a function. */
export interface Version {
  config: FunctionConfig;
  code: Uint8Array;
  etag: string;
  modifiedAt: Date;
}

/** A CloudFront function: what is written, and what edge locations run. */
export interface EdgeFunction {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly tags: Map<string, string>;
  development: Version;
  /** Absent until it is published for the first time. */
  live: Version | undefined;
  /** What each edge location has of what was published. */
  readonly arrived: Map<EdgeLocation, Program>;
}

/** Throws NoSuchFunctionExists. */
export function functionOf({ functions }: CloudFront, name: string | undefined): EdgeFunction {
  const found = functions.get(name ?? '');
  if (!found) throw noSuchFunction();
  return found;
}

/** The version of a stage: of DEVELOPMENT where none is named. Throws NoSuchFunctionExists where nothing is LIVE. */
export function versionOf(found: EdgeFunction, stage: string | undefined): Version {
  const version = stage === 'LIVE' ? found.live : found.development;
  if (!version) throw noSuchFunction();
  return version;
}

const noSuchFunction = (): AwsError => new AwsError('NoSuchFunctionExists', 'The specified function does not exist.');

export function functionWithArn({ functions }: CloudFront, arn: string | undefined): EdgeFunction | undefined {
  return [...functions.values()].find((each) => each.arn === arn);
}

/** The distributions with a behavior that it is associated with, in the configuration that is deployed or on its way. */
export const usersOf = ({ distributions }: CloudFront, arn: string): Distribution[] =>
  [...distributions.values()].filter(({ config }) =>
    [config.DefaultCacheBehavior, ...(config.CacheBehaviors.Items ?? [])].some((behavior) =>
      behavior?.FunctionAssociations?.Items?.some(({ FunctionARN }) => FunctionARN === arn),
    ),
  );

export function summaryOf(cloudFront: CloudFront, found: EdgeFunction, version: Version): FunctionSummary {
  const isLive = version === found.live;
  const published = usersOf(cloudFront, found.arn).length > 0 ? 'DEPLOYED' : 'UNASSOCIATED';
  return {
    Name: found.name,
    Status: isLive ? published : 'UNPUBLISHED',
    FunctionConfig: version.config,
    FunctionMetadata: {
      FunctionARN: found.arn,
      Stage: isLive ? 'LIVE' : 'DEVELOPMENT',
      CreatedTime: found.createdAt,
      LastModifiedTime: version.modifiedAt,
    },
  };
}
