import { randomBytes } from 'node:crypto';
import type { Session } from '../wire/permissions.ts';

/** Temporary credentials of a role, as STS hands them out. */
export interface IssuedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** "arn:aws:sts::123456789012:assumed-role/Name/session" */
  arn: string;
}

export interface NewSession {
  sessionName: string;
  expiresAt?: Date;
  /** The ARN of the session that assumes the role, where a role assumes another. */
  assumedBy?: string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The sessions that credentials were issued for. */
export class Sessions {
  readonly #byKey = new Map<string, Session>();

  /** Credentials for a session of the role; they do not expire unless `expiresAt` is given. */
  issue(roleArn: string, { sessionName, expiresAt, assumedBy }: NewSession): IssuedCredentials {
    const [, , , , account = '', resource = ''] = roleArn.split(':');
    const arn = `arn:aws:sts::${account}:assumed-role/${resource.split('/').at(-1)}/${sessionName}`;
    const credentials = {
      accessKeyId: `ASIA${[...randomBytes(16)].map((byte) => BASE32[byte % 32]).join('')}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(96).toString('base64'),
    };
    this.#byKey.set(credentials.accessKeyId, {
      ...credentials,
      principal: { arn, roleArn, ...(assumedBy === undefined ? {} : { assumedBy }) },
      ...(expiresAt ? { expiresAt } : {}),
    });
    return { ...credentials, arn };
  }

  find(accessKeyId: string): Session | undefined {
    return this.#byKey.get(accessKeyId);
  }
}
