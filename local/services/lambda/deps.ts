import type { Internet } from '../../internet/internet.ts';
import type { PolicyDocument } from '../../permissions/policy.ts';
import type { Dispatch } from '../../wire/service.ts';

/** Credentials of a role's session, as STS issues them. */
export interface RoleSession {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** The roles that functions run as. */
export interface FunctionRoles {
  /** Credentials for a session of the role, good until `expiresAt`. */
  issue(roleArn: string, sessionName: string, options: { expiresAt: Date }): RoleSession;
  /** Who may assume the role; undefined for a role that does not exist. Without it every role lets Lambda. */
  trustOf?(roleArn: string): PolicyDocument | undefined;
}

/** Where functions' output goes. */
export interface LogSink {
  write(place: { region: string; group: string; stream: string }, lines: { at: Date; message: string }[]): void;
}

export interface LambdaDeps {
  roles: FunctionRoles;
  logs: LogSink;
  internet: Internet;
  /** Calls on-failure destinations. */
  dispatch: Dispatch;
  /** What the functions get as AWS_ENDPOINT_URL: "http://127.0.0.1:4566". Asked for when one starts. */
  endpoint: () => string;
  /** Variables that go through to every function: AWS_ENDPOINT_URL_S3 and the like, for one service elsewhere. */
  elsewhere?: Record<string, string>;
  /** Certificate authorities that functions trust beside Node's own, PEM. */
  authorities?: () => string[];
  /** The address that functions' packets come from. */
  egressAddress?: string;
  /** How many environments are kept warm at most, over all functions; each holds about 25 MB. Default 16. */
  maxIdle?: number;
  /** How long an environment's credentials are good, in hours of AWS time: it is not used for longer. Default 12. */
  credentialHours?: number;
  /** How many invocations run at once over all functions: the account's quota. Default 1,000; a new account may have 10. */
  concurrency?: number;
}
