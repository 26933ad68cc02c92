/** The error types of RFC 8555, section 6.7, with the status of each. */
const STATUSES = {
  accountDoesNotExist: 400,
  alreadyRevoked: 400,
  badCSR: 400,
  badNonce: 400,
  badPublicKey: 400,
  badRevocationReason: 400,
  badSignatureAlgorithm: 400,
  caa: 403,
  dns: 400,
  externalAccountRequired: 401,
  invalidContact: 400,
  malformed: 400,
  orderNotReady: 403,
  rateLimited: 429,
  rejectedIdentifier: 400,
  serverInternal: 500,
  unauthorized: 403,
  unsupportedContact: 400,
  unsupportedIdentifier: 400,
} as const;

export type ProblemType = keyof typeof STATUSES;

interface ProblemOptions {
  status?: number;
  /** Further members of the document: "algorithms", "subproblems". */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** What a request is refused with: an RFC 7807 document. */
export class Problem extends Error {
  readonly type: ProblemType;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly document: Record<string, unknown>;

  constructor(type: ProblemType, detail: string, { status, members, headers = {} }: ProblemOptions = {}) {
    super(detail);
    this.name = 'Problem';
    this.type = type;
    this.status = status ?? STATUSES[type];
    this.headers = headers;
    this.document = { ...problemOf(type, detail), status: this.status, ...members };
  }
}

/** A problem inside another document: an order's error, a subproblem. */
export const problemOf = (type: ProblemType, detail: string): { type: string; detail: string } => ({
  type: `urn:ietf:params:acme:error:${type}`,
  detail,
});
