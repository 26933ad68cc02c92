/** An endpoint that gave no answer to look at: silent, closed, or not speaking the protocol. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  /** "ECONNREFUSED", "ETIMEDOUT", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" …; kept from `code`, which is for AWS's errors. */
  readonly failure: string;

  constructor(failure: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }

  /** The same for whatever a socket reported. */
  static from(error: unknown, endpoint: string): Unreachable {
    if (error instanceof Unreachable) return error;
    const { code, reason, message } = error as { code?: string; reason?: string; message?: string };
    // OpenSSL's reason in words; its message has addresses of memory and lines of its source around that.
    const why = reason ?? message ?? String(error);
    return new Unreachable(code ?? 'UNKNOWN', `Cannot reach ${endpoint}: ${why}`, { cause: error });
  }
}
