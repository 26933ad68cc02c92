import type { DefaultCacheBehavior, Origin } from '@aws-sdk/client-cloudfront';
import type { Header } from '../../../internet/http-headers.ts';
import type { CompleteConfig } from '../distributions/distribution.ts';
import type { Exchange } from '../edge/exchange.ts';
import type { ChosenOrigin } from '../functions/viewer-request.ts';
import type { RequestPolicy } from '../policies/request-policy.ts';

/** What is asked of an origin: the viewer's own request, or an error page in its place. */
export interface Errand {
  exchange: Exchange;
  config: CompleteConfig;
  behavior: DefaultCacheBehavior;
  policy: RequestPolicy;
  method: string;
  /** As the viewer wrote them, or the error page's: { path: "/a", query: "?b=1" }. */
  target: { path: string; query: string };
  /** How the request's body is framed on its way to the origin. */
  body: 'length' | 'chunked' | 'none';
  /** The origin that a function has chosen in place of the behavior's. */
  chosen?: ChosenOrigin;
  /** It is for an error page: what the viewer's own request is conditional on says nothing about that. */
  errorPage?: true;
  /** By which the origin can say that what is kept of it is still the object; they replace the viewer's own conditions. */
  validators?: readonly Header[];
  /** The viewer wants a WebSocket, in a way that comes through. */
  joins: boolean;
}

/** Where an errand goes; a group tries one after the other. */
export type Destined = Errand & { origin: Origin };
