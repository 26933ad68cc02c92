import { format, inspect } from 'node:util';
import { parentPort } from 'node:worker_threads';

/** Which invocation the console speaks for. */
export const speaking: { requestId: string | undefined } = { requestId: undefined };

const levels = {
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  debug: 'DEBUG',
  trace: 'TRACE',
} as const;

/**
 * Sends what the function prints to its log and nowhere else: the console as Lambda writes it (time, request id, level,
 * message, or one JSON object), the two streams as they are.
 */
export function installOutput(logFormat: 'Text' | 'JSON'): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, string][]) {
    console[method] = (...values: unknown[]) =>
      send(logFormat === 'JSON' ? jsonLine(level, values) : textLine(level, values));
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
      send(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString());
      const finished = typeof encoding === 'function' ? encoding : done;
      if (typeof finished === 'function') queueMicrotask(() => finished());
      return true;
    };
  }
}

function send(text: string): void {
  parentPort?.postMessage({ type: 'output', text });
}

function textLine(level: string, values: unknown[]): string {
  return `${new Date().toISOString()}\t${speaking.requestId ?? 'undefined'}\t${level}\t${format(...values)}\n`;
}

function jsonLine(level: string, values: unknown[]): string {
  const [first] = values;
  const error = values.find((value) => value instanceof Error);
  const line = {
    timestamp: new Date().toISOString(),
    level,
    requestId: speaking.requestId,
    ...(error && {
      errorType: error.name,
      errorMessage: error.message,
      stackTrace: error.stack?.split('\n').slice(1),
    }),
    message: values.length === 1 && typeof first === 'object' && !error ? first : format(...values),
  };
  try {
    return `${JSON.stringify(line)}\n`;
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    // Circular, or a BigInt in it: Lambda falls back to what the text format would have shown.
    return `${JSON.stringify({ ...line, message: inspect(first) })}\n`;
  }
}
