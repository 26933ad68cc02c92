import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Failure } from '../../domain/errors.ts';
import { printable } from '../../domain/printable.ts';
import type { RoleDns } from '../../domain/sites/dns.ts';
import type { RoleTaker } from '../../domain/sites/external-id.ts';
import { classify } from '../classify.ts';
import { client } from '../clients.ts';

/** The shortest that a role's session can last. Source: AssumeRole, `DurationSeconds`, checked 2026-11-22. */
const SESSION_SECONDS = 900;

/** Credentials as the SDK's clients take them: it asks again before they expire. */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/**
 * Takes the role for a quarter of an hour. The credentials stay in the client that asked for them and are never logged.
 *
 * @throws {RoleRefused} when the role doesn't let us in
 */
export async function assumeRole({ role, externalId }: Required<RoleDns>, who: RoleTaker): Promise<Credentials> {
  try {
    const { Credentials: issued } = await client(STSClient).send(
      new AssumeRoleCommand({
        RoleArn: role,
        ExternalId: externalId,
        RoleSessionName: sessionName(who.stackName),
        DurationSeconds: SESSION_SECONDS,
      }),
    );
    if (!issued?.AccessKeyId || !issued.SecretAccessKey || !issued.SessionToken || !issued.Expiration) {
      throw new Error(`Cannot take the role "${role}": STS gave no credentials`);
    }
    return {
      accessKeyId: issued.AccessKeyId,
      secretAccessKey: issued.SecretAccessKey,
      sessionToken: issued.SessionToken,
      expiration: issued.Expiration,
    };
  } catch (error) {
    if ((error as Error).name === 'ValidationError') {
      const why = `STS does not take "${role}" for the ARN of a role (${printable((error as Error).message)})`;
      throw new Failure('Misconfigured', `${why}. Correct "dns.role", then declare the site again`, { cause: error });
    }
    if (classify(error)?.name !== 'Refused') throw error;
    throw new RoleRefused(role, { cause: error });
  }
}

/** A role that does not let this stack in. Its message goes into logs and timelines, and has no external id in it. */
export class RoleRefused extends Failure {
  constructor(role: string, options: ErrorOptions) {
    const message = `Cannot take the role "${role}": it isn't there, or doesn't let this stack in. Plan the site to see the trust policy that does, give it to the role, then declare the site again`;
    super('Misconfigured', message, options);
  }
}

/** Tells in the other account's CloudTrail who it was. Letters, digits and =,.@- up to 64. Source: AssumeRole, checked 2026-11-22. */
function sessionName(stackName: string): string {
  return `nameplate-${stackName}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}
