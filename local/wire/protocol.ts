import type { IncomingHttpHeaders } from 'node:http';
import type { Model, OperationModel } from './model.ts';

/** A request as it came in, its body whole. */
export interface WireRequest {
  method: string;
  /** Still percent-encoded: "/2013-04-01/hostedzone/Z1/rrset". */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The body as it was sent and signed, where that was packed. */
  packed?: Buffer;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** An error on its way out: wire code, status and the members of its shape. */
export interface WireError {
  code: string;
  message: string;
  status: number;
  fault: 'client' | 'server';
  members: Record<string, unknown>;
}

/** How one protocol writes requests, answers and errors down, seen from the server. */
export interface WireProtocol {
  /** The operation that the request asks for; undefined when the request does not say. */
  operation(request: WireRequest, model: Model): string | undefined;
  /** The input as the SDK's types have it, unvalidated. Throws anything when the request cannot be read. */
  decode(request: WireRequest, operation: OperationModel): Promise<unknown>;
  encode(output: unknown, operation: OperationModel, context: AnswerContext): WireAnswer;
  encodeError(error: WireError, context: AnswerContext): WireAnswer;
}

export interface AnswerContext {
  model: Model;
  requestId: string;
}
