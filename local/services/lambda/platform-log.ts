type Format = 'Text' | 'JSON';

/** What Lambda says of an invocation once it is over. */
export interface Report {
  requestId: string;
  at: Date;
  durationMs: number;
  /** Only where the environment was started for this invocation. */
  initMs: number | undefined;
  memorySizeMb: number;
  memoryUsedMb: number;
  status: 'success' | 'error' | 'timeout';
}

export function startLine(format: Format, requestId: string, at: Date): string {
  if (format === 'JSON') return json(at, 'platform.start', { requestId, version: '$LATEST' });
  return `START RequestId: ${requestId} Version: $LATEST\n`;
}

/** The JSON format has no line of its own here: its report says it all. */
export function endLine(format: Format, requestId: string, at: Date): string {
  if (format === 'JSON') return json(at, 'platform.runtimeDone', { requestId });
  return `END RequestId: ${requestId}\n`;
}

/** The REPORT line. Starting the environment is billed like running. */
export function reportLine(format: Format, report: Report): string {
  const { requestId, at, durationMs, initMs, memorySizeMb, memoryUsedMb, status } = report;
  const billedMs = Math.ceil(durationMs + (initMs ?? 0));
  if (format === 'JSON') {
    const metrics = {
      durationMs,
      billedDurationMs: billedMs,
      memorySizeMB: memorySizeMb,
      maxMemoryUsedMB: memoryUsedMb,
      ...(initMs !== undefined && { initDurationMs: initMs }),
    };
    return json(at, 'platform.report', { requestId, metrics, status });
  }
  return (
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billedMs} ms\t` +
    `Memory Size: ${memorySizeMb} MB\tMax Memory Used: ${memoryUsedMb} MB\t` +
    `${initMs === undefined ? '' : `Init Duration: ${initMs.toFixed(2)} ms\t`}${status === 'success' ? '' : `Status: ${status}`}\n`
  );
}

const json = (at: Date, type: string, record: object): string =>
  `${JSON.stringify({ time: at.toISOString(), type, record })}\n`;
