import type { Approval } from '../records/deletion-limits.ts';

/** One thing that is wrong with a field of the request. */
export interface FieldError {
  /** Where, as in "#/aliases/0". */
  pointer: string;
  /** What is wrong and what to give instead. */
  detail: string;
}

/** A problem document. Source: RFC 9457. */
export interface Problem {
  /** What kind of problem: "urn:nameplate:problem:name-taken". Stable; for programs. */
  type: string;
  /** The kind in words; the same for every problem of the type. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** What happened here, and what to do next. For people. */
  detail: string;
  errors?: FieldError[];
  /** What has to be approved, and how. */
  approval?: Approval;
}

/** Every kind of problem the API answers with: its status and title. */
const PROBLEMS = {
  'not-json': { status: 400, title: 'The body is not JSON' },
  'invalid-text': { status: 400, title: 'The body has text in it that cannot be used' },
  'invalid-parameter': { status: 400, title: 'A parameter of the request cannot be used' },
  'site-not-found': { status: 404, title: 'There is no such site' },
  'site-exists': { status: 409, title: 'The site exists' },
  'alert-not-found': { status: 404, title: 'There is no such alert' },
  'operation-running': { status: 409, title: 'An operation is running for the site' },
  'name-taken': { status: 409, title: 'A name belongs to another site' },
  'name-overlaps': { status: 409, title: "A name lies above or below another tenant's" },
  'name-yielding': { status: 409, title: 'An unproven claim of a name is being taken back' },
  'plan-gone': { status: 409, title: 'The plan is not there, or not any more' },
  'plan-for-another-document': { status: 409, title: 'The plan was made for another document' },
  'plan-outdated': { status: 409, title: 'The plan is not what would happen now' },
  'quota-reached': { status: 409, title: 'The account has no room for what the site needs' },
  'tenant-share': { status: 409, title: "The tenant's share of the account has no room for what the site needs" },
  'plan-conflicts': { status: 409, title: 'The plan has conflicts' },
  'to-be-mended': { status: 409, title: 'Something has to be mended before the site can go live' },
  'in-the-way': { status: 409, title: 'Something foreign is in the way' },
  'request-running': { status: 409, title: 'A request with this Idempotency-Key is being answered' },
  'needs-approval': { status: 409, title: 'The operation needs approval' },
  'nothing-to-cancel': { status: 409, title: 'No operation is running for the site' },
  'nothing-to-resume': { status: 409, title: 'The site is not held' },
  'nothing-to-undo': { status: 409, title: 'There is nothing to go back to, or nothing of the site is left' },
  'nothing-to-change': { status: 409, title: 'The site has been undone' },
  'not-live': { status: 409, title: 'The site is not live' },
  'no-failover': { status: 409, title: 'The site has no maintenance page' },
  'window-not-found': { status: 404, title: 'The site has no such maintenance window' },
  'window-over': { status: 409, title: 'The maintenance window is over' },
  'too-many-windows': { status: 409, title: 'The site has as many maintenance windows as it may' },
  'invalid-maintenance': { status: 422, title: 'The maintenance cannot be as it is asked for' },
  'no-acme-certificate': { status: 409, title: 'The server of the site gets no certificate by ACME' },
  'no-server': { status: 409, title: 'No server of the site is there for that' },
  'wrong-server-state': { status: 409, title: 'The server of the site is in another state' },
  'not-validated': { status: 409, title: 'ACM has not validated the names yet' },
  'too-large': { status: 413, title: 'The body is too large' },
  'plan-too-large': { status: 422, title: 'The plan is too large to keep' },
  'invalid-check': { status: 422, title: 'What is to be checked cannot be read' },
  'invalid-site': { status: 422, title: 'The site cannot be onboarded as declared' },
  'key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'tenant-operations': { status: 429, title: 'The tenant has as many operations open as it may' },
  'changes-stopped': { status: 503, title: 'All changes are stopped' },
  busy: { status: 503, title: 'AWS is busy' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

/** Most errors that one document lists: a body may have thousands of unknown fields. */
const MAX_ERRORS = 500;

/** The problem document of a kind. A URN, because a type names the kind and need not lead anywhere. */
export function problem(kind: ProblemKind, detail: string, errors?: FieldError[]): Problem {
  const { status, title } = PROBLEMS[kind];
  return { type: `urn:nameplate:problem:${kind}`, title, status, detail, ...(errors && { errors: few(errors) }) };
}

function few(errors: FieldError[]): FieldError[] {
  if (errors.length <= MAX_ERRORS) return errors;
  const detail = `${errors.length - MAX_ERRORS} more are not listed here`;
  return [...errors.slice(0, MAX_ERRORS), { pointer: '#', detail }];
}
