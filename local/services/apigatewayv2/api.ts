import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { Rate, TokenBucket } from '../../clock/token-bucket.ts';
import { AwsError, type Call } from '../../wire/service.ts';
import type { AccessLog } from './access-log.ts';

/** One route of an API: which requests it takes, who may send them and what answers. */
export interface ApiRoute {
  id: string;
  /** "GET /v1/sites/{domain}", "ANY /{proxy+}", "$default" */
  key: string;
  authorization: 'NONE' | 'AWS_IAM';
  integrationId: string | undefined;
  operationName: string | undefined;
}

/** What answers a route: a Lambda function. */
export interface ApiIntegration {
  id: string;
  functionArn: string;
  uri: string;
  /** The role that calls the function; without it the API itself does, and the function's policy must let it in. */
  credentialsArn: string | undefined;
  timeoutMs: number;
  description: string | undefined;
}

/** Where an API is served from: "$default" at the root, any other under its own name. */
export interface ApiStage {
  name: string;
  description: string | undefined;
  autoDeploy: boolean;
  variables: Record<string, string>;
  createdAt: Date;
  tags: Record<string, string>;
  /** How many requests the stage lets through; without it all. */
  throttle: StageThrottle | undefined;
  accessLog: AccessLog | undefined;
}

export interface StageThrottle extends Rate {
  bucket: TokenBucket;
}

/** One HTTP API. */
export interface HttpApi {
  id: string;
  region: string;
  name: string;
  description: string | undefined;
  version: string | undefined;
  cors: Cors | undefined;
  /** Where it is served on this machine: "http://127.0.0.1:49200". */
  endpoint: string;
  createdAt: Date;
  tags: Record<string, string>;
  routes: Map<string, ApiRoute>;
  integrations: Map<string, ApiIntegration>;
  stages: Map<string, ApiStage>;
}

/** The HTTP APIs of the account, by region and id. */
export class Apis {
  readonly #apis = new Map<string, HttpApi>();

  find(id: string | undefined, { region, account }: Call): HttpApi {
    const api = this.#apis.get(`${region} ${id}`);
    if (!api) throw notFound(`Invalid API identifier specified ${account}:${id}`);
    return api;
  }

  set(api: HttpApi): void {
    this.#apis.set(`${api.region} ${api.id}`, api);
  }

  delete({ region, id }: HttpApi): void {
    this.#apis.delete(`${region} ${id}`);
  }

  all(region?: string): HttpApi[] {
    return [...this.#apis.values()].filter((api) => region === undefined || api.region === region);
  }
}

export const notFound = (message: string): AwsError => new AwsError('NotFoundException', message);
export const badRequest = (message: string): AwsError => new AwsError('BadRequestException', message);
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message);

/** Refuses members that mean nothing to the local AWS; leaving them out in silence would promise what isn't kept. */
export function refuseMembers(input: object, members: string[]): void {
  const named = members.find((member) => (input as Record<string, unknown>)[member] !== undefined);
  if (named !== undefined) throw badRequest(`${named} is not part of the local AWS`);
}
