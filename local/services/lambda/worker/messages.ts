import type { MessagePort } from 'node:worker_threads';

/** What a worker is started with. */
export interface WorkerSetup {
  /** AWS time minus wall time in ms: the clock's own memory. */
  offset: BigInt64Array<SharedArrayBuffer>;
  /** The folder that holds the function's code. */
  taskRoot: string;
  /** "index.handler" */
  handler: string;
  /** Certificates of authorities to trust, PEM; undefined leaves Node's own. */
  authorities: string[] | undefined;
  /** Node's compile cache of code that was loaded before. */
  compileCache: string | undefined;
  logFormat: 'Text' | 'JSON';
  /** Asks where an address of the small internet leads. */
  routes: RoutesLink;
}

/** A question to the main thread that the worker waits for, however busy its own event loop is. */
export interface RoutesLink {
  port: MessagePort;
  /** One 32-bit word, 1 once the answer lies in the port. */
  signal: Int32Array<SharedArrayBuffer>;
}

/** Whom a socket wants. */
export interface Destination {
  address: string;
  port: number;
}

/** Where a packet to a destination goes. `open` names a port of 127.0.0.1 that leads there. */
export type Route =
  | { reach: 'open'; port: number }
  | { reach: 'refused' | 'filtered' }
  | { reach: 'unreachable'; code: UnreachableCode };

/** What connect() fails with where there is no route, or no such protocol. */
export type UnreachableCode = 'EHOSTUNREACH' | 'ENETUNREACH' | 'EADDRNOTAVAIL' | 'EAFNOSUPPORT' | 'EPERM' | 'EINVAL';

/** One invocation. */
export interface InvokeMessage {
  requestId: string;
  /** JSON */
  event: string;
  /** AWS time in ms since 1970. */
  deadline: number;
  functionArn: string;
  traceId: string;
}

/** What a worker is told. `until` in ms of AWS time: long timers that are due by then fire. */
export type RuntimeMessage =
  | { type: 'invoke'; invocation: InvokeMessage }
  | { type: 'next timer' }
  | { type: 'fire timers'; until: number };

/** An error as Lambda's Node.js runtime answers with it. */
export interface InvocationError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** What a worker tells. */
export type WorkerMessage =
  | { type: 'ready' }
  /** The code could not be loaded, or ended the process in the middle of an invocation. */
  | { type: 'broken'; error: InvocationError }
  | { type: 'output'; text: string }
  /** The answer about timers. `at` in ms of AWS time; absent when there is none. */
  | { type: 'timer'; at?: number }
  /** It only waits for connections that nothing answers, and for its next long timer, in ms of AWS time; absent when no longer. */
  | { type: 'silence'; at?: number }
  /** `payload` is JSON. */
  | { type: 'result'; requestId: string; payload: string; memoryMb: number }
  | { type: 'error'; requestId: string; error: InvocationError; memoryMb: number };
