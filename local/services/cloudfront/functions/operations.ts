import type {
  CreateFunctionRequest,
  CreateFunctionResult,
  DeleteFunctionRequest,
  DescribeFunctionRequest,
  DescribeFunctionResult,
  GetFunctionRequest,
  GetFunctionResult,
  ListFunctionsRequest,
  ListFunctionsResult,
  PublishFunctionRequest,
  PublishFunctionResult,
  UpdateFunctionRequest,
  UpdateFunctionResult,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Call, type Judged, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { invalidIfMatch, preconditionFailed } from '../errors.ts';
import { newEtag } from '../ids.ts';
import { page } from '../page.ts';
import { functionJudged } from '../permissions.ts';
import { FUNCTIONS } from '../quotas.ts';
import { checkTags, requestTags } from '../tags.ts';
import { checkFunction } from './check.ts';
import { type EdgeFunction, functionOf, summaryOf, usersOf, type Version, versionOf } from './function.ts';
import { publish } from './publish.ts';

const arnOf = (name: string, { account }: Pick<Call, 'account'>): string =>
  `arn:aws:cloudfront::${account}:function/${name}`;

const onFunction = (cloudFront: CloudFront) => ({
  resources: ({ Name }: { Name?: string | undefined }, call: Call): Judged[] => [
    functionJudged(cloudFront, call, Name),
  ],
});

export const createFunction = (cloudFront: CloudFront): Operation<CreateFunctionRequest, CreateFunctionResult> => ({
  conditions: ({ Tags }) => requestTags(Tags?.Items ?? []),
  // Judged by the tags that it is created with: it has none yet.
  dependents({ Name, Tags }, call) {
    const keys = requestTags(Tags?.Items ?? []);
    const arn = arnOf(Name ?? '*', call);
    return Tags?.Items?.length ? [{ action: 'cloudfront:TagResource', resources: [{ arn, keys }] }] : [];
  },
  run({ Name, FunctionConfig, FunctionCode, Tags }, call) {
    const { functions, host, draws } = cloudFront;
    const name = Name ?? '';
    const given = checkFunction(FunctionConfig, FunctionCode);
    const tags = Tags?.Items ?? [];
    checkTags(tags);
    if (functions.has(name)) {
      throw new AwsError('FunctionAlreadyExists', 'A function with the same name already exists in this AWS account.');
    }
    if (functions.size >= FUNCTIONS) {
      throw new AwsError(
        'TooManyFunctions',
        'You have reached the maximum number of CloudFront functions for this AWS account.',
      );
    }
    const now = host.clock.now();
    const made: EdgeFunction = {
      name,
      arn: arnOf(name, call),
      createdAt: now,
      tags: new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      development: { ...given, etag: newEtag(draws), modifiedAt: now },
      live: undefined,
      arrived: new Map(),
    };
    functions.set(name, made);
    return {
      FunctionSummary: summaryOf(cloudFront, made, made.development),
      Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${name}`,
      ETag: made.development.etag,
    };
  },
});

export const describeFunction = (
  cloudFront: CloudFront,
): Operation<DescribeFunctionRequest, DescribeFunctionResult> => ({
  ...onFunction(cloudFront),
  run({ Name, Stage }) {
    const found = functionOf(cloudFront, Name);
    const version = versionOf(found, Stage);
    return { FunctionSummary: summaryOf(cloudFront, found, version), ETag: version.etag };
  },
});

export const getFunction = (cloudFront: CloudFront): Operation<GetFunctionRequest, GetFunctionResult> => ({
  ...onFunction(cloudFront),
  run({ Name, Stage }) {
    const { code, etag } = versionOf(functionOf(cloudFront, Name), Stage);
    return { FunctionCode: code, ETag: etag, ContentType: 'application/octet-stream' };
  },
});

/** Changes what is written: edge locations run what was published until the next time. */
export const updateFunction = (cloudFront: CloudFront): Operation<UpdateFunctionRequest, UpdateFunctionResult> => ({
  ...onFunction(cloudFront),
  run({ Name, IfMatch, FunctionConfig, FunctionCode }) {
    const found = functionOf(cloudFront, Name);
    checkIfMatch(found.development, IfMatch);
    const given = checkFunction(FunctionConfig, FunctionCode);
    const { host, draws } = cloudFront;
    found.development = { ...given, etag: newEtag(draws), modifiedAt: host.clock.now() };
    return { FunctionSummary: summaryOf(cloudFront, found, found.development), ETag: found.development.etag };
  },
});

export const publishFunction = (cloudFront: CloudFront): Operation<PublishFunctionRequest, PublishFunctionResult> => ({
  ...onFunction(cloudFront),
  run({ Name, IfMatch }) {
    const found = functionOf(cloudFront, Name);
    checkIfMatch(found.development, IfMatch);
    return { FunctionSummary: summaryOf(cloudFront, found, publish(cloudFront, found)) };
  },
});

export const deleteFunction = (cloudFront: CloudFront): Operation<DeleteFunctionRequest, Record<string, never>> => ({
  ...onFunction(cloudFront),
  run({ Name, IfMatch }) {
    const found = functionOf(cloudFront, Name);
    checkIfMatch(found.development, IfMatch);
    if (usersOf(cloudFront, found.arn).length > 0) {
      throw new AwsError(
        'FunctionInUse',
        'Cannot delete the function because it is associated with one or more cache behaviors.',
      );
    }
    cloudFront.functions.delete(found.name);
    return {};
  },
});

export const listFunctions = (cloudFront: CloudFront): Operation<ListFunctionsRequest, ListFunctionsResult> => ({
  run({ Stage, Marker, MaxItems }) {
    const all = [...cloudFront.functions.values()].filter(({ live }) => Stage !== 'LIVE' || live);
    const { items, size, next } = page(all, { Marker, MaxItems, idOf: ({ name }) => name });
    return {
      FunctionList: {
        MaxItems: size,
        Quantity: items.length,
        ...(next !== undefined && { NextMarker: next }),
        Items: items.map((each) => summaryOf(cloudFront, each, versionOf(each, Stage))),
      },
    };
  },
});

function checkIfMatch({ etag }: Version, given: string | undefined): void {
  if (!given) throw invalidIfMatch();
  if (given !== etag) throw preconditionFailed();
}
