import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { DefaultCacheBehavior, Origin } from '@aws-sdk/client-cloudfront';
import type { Served } from '../edge/edge-location.ts';
import type { Exchange } from '../edge/exchange.ts';
import type { Reason } from '../edge/pages.ts';
import { eventOf } from './event.ts';
import { functionWithArn } from './function.ts';
import type { Outcome } from './program.ts';

/** The origin that a function has chosen in place of the behavior's. */
export interface ChosenOrigin {
  origin: Origin;
  hostHeader?: string;
  sni?: string;
  /** In place of the names that the certificate must be for. */
  allowedCertificateNames?: string[];
}

/** A function that cannot be run, or wants what cannot be done: the viewer gets a page of CloudFront's own. */
export class FunctionFailure extends Error {
  readonly status: 502 | 503;
  readonly reason: Reason;

  constructor(status: 502 | 503, cause?: unknown) {
    super('The function gave no answer', { cause });
    this.status = status;
    this.reason = status === 503 ? 'functionFailed' : 'functionReturned';
  }
}

/** Runs the function that a behavior has for the requests of viewers, and tells the origin that it chose. Throws FunctionFailure. */
export function chosenOrigin(
  exchange: Exchange,
  served: Served,
  { FunctionAssociations }: DefaultCacheBehavior,
): ChosenOrigin | undefined {
  const { cloudFront, edge } = exchange;
  const found = FunctionAssociations?.Items?.find(({ EventType }) => EventType === 'viewer-request');
  if (!found) return undefined;
  const program = functionWithArn(cloudFront, found.FunctionARN)?.arrived.get(edge);
  if (!program) throw new FunctionFailure(503);
  const event = eventOf(exchange, served) as { request: object };
  const { returned, calls } = outcomeOf(() => program.run(event));
  // Another request than the viewer's, and an answer of the function's own, are not part of this local AWS.
  if (!isDeepStrictEqual(returned, JSON.parse(JSON.stringify(event.request)))) throw new FunctionFailure(502);
  const last = calls.at(-1);
  return last && chosen(last, served);
}

function outcomeOf(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    throw new FunctionFailure(503, error);
  }
}

const OVERRIDES = ['hostHeader', 'sni', 'allowedCertificateNames'];

/** Source: CloudFront Developer Guide, "Helper methods for origin modification"; checked 2026-11-30. */
function chosen({ method, args: [id, overrides = {}] }: Outcome['calls'][number], { config }: Served): ChosenOrigin {
  const origin = config.Origins.Items?.find(({ Id }) => Id === id);
  if (method !== 'selectRequestOriginById' || !origin || typeof overrides !== 'object' || overrides === null) {
    throw new FunctionFailure(502);
  }
  const { hostHeader, sni, allowedCertificateNames: names, ...rest } = overrides as Record<string, unknown>;
  const given = OVERRIDES.filter((key) => key in overrides);
  const isAllowed =
    Object.keys(rest).length === 0 &&
    (given.length === 0 || origin.S3OriginConfig === undefined) &&
    [hostHeader, sni].every((name) => name === undefined || isName(name, 253)) &&
    (names === undefined || (Array.isArray(names) && names.length <= 20 && names.every((name) => isName(name, 64))));
  if (!isAllowed) throw new FunctionFailure(502);
  return { origin, ...overrides };
}

const isName = (name: unknown, most: number): boolean =>
  typeof name === 'string' && name !== '' && name.length <= most && !name.includes(':') && isIP(name) === 0;
