/** What listens where, counted from the base port. */
const LISTENERS = ['the HTTP API', 'AWS', 'DNS', 'the proxy'];

/** Why a port can't be had. */
const REASONS: Record<string, string> = {
  EADDRINUSE: 'another process has it',
  EACCES: 'this user may not listen there',
};

/**
 * The sentence for a listener that could not start on its port; any other error as it came. `base` is the port that the
 * four listeners count from.
 */
export function portTaken(error: unknown, base: number | undefined): unknown {
  const { code = '', port } = error as { code?: string; port?: number };
  const reason = REASONS[code];
  if (!reason || base === undefined || port === undefined) return error;
  const what = LISTENERS[port - base] ?? 'the local AWS';
  const message = `Cannot listen on port ${port} for ${what}: ${reason}; choose another base port, or none to take any that is free`;
  return new Error(message, { cause: error });
}
