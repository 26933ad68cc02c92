import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

const SESSION = 'work';
const KEYS = { accessKeyId: 'you', secretAccessKey: 'you' };

const CONFIG = `[profile keys]
region = us-east-1
aws_access_key_id = you
aws_secret_access_key = you
[profile operator]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/operator
source_profile = keys
[profile newcomer]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/newcomer
source_profile = keys
[profile nowhere]
aws_access_key_id = you
aws_secret_access_key = you
[profile single]
region = us-east-1
sso_session = ${SESSION}
sso_account_id = 123456789012
sso_role_name = operator
[sso-session ${SESSION}]
sso_region = us-east-1
sso_start_url = https://work.awsapps.com/start
`;

/** The AWS configuration of a person at the local AWS: profiles in files, their roles, and a session of IAM Identity Center. */
export class AwsConfiguration {
  /** The folder that has `.aws/config`. */
  readonly home: string;
  readonly #aws: string;
  readonly #iam: IAMClient;
  readonly #sso: Server;

  private constructor(home: string, aws: string) {
    this.home = home;
    this.#aws = aws;
    const admin = { endpoint: aws, region: 'us-east-1', credentials: KEYS };
    this.#iam = new IAMClient(admin);
    this.#sso = portal(new STSClient(admin));
  }

  /** Roles: `operator` may use Nameplate, `newcomer` nothing. The session has begun. */
  static async at(aws: string, home: string): Promise<AwsConfiguration> {
    const made = new AwsConfiguration(home, aws);
    const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    for (const RoleName of ['operator', 'newcomer'])
      await made.#iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const Action = ['cloudformation:DescribeStacks', 'execute-api:Invoke'];
    await made.allow('operator', { Effect: 'Allow', Action, Resource: '*' });
    await once(made.#sso.listen(0, '127.0.0.1'), 'listening');
    mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    writeFileSync(join(home, '.aws', 'config'), CONFIG);
    made.signIn(new Date(Date.now() + 3_600_000));
    return made;
  }

  async allow(RoleName: string, statement: object): Promise<void> {
    const PolicyName = createHash('sha1').update(JSON.stringify(statement)).digest('hex');
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await this.#iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }

  /** What `aws sso login` leaves behind. */
  signIn(expiresAt: Date): void {
    const file = `${createHash('sha1').update(SESSION).digest('hex')}.json`;
    const startUrl = 'https://work.awsapps.com/start';
    const registered = { clientId: 'cli', clientSecret: 'secret', registrationExpiresAt: '2100-01-01T00:00:00Z' };
    const token = { accessToken: 'token', expiresAt: expiresAt.toISOString(), refreshToken: 'refresh' };
    const session = { ...token, ...registered, region: 'us-east-1', startUrl };
    writeFileSync(join(this.home, '.aws', 'sso', 'cache', file), JSON.stringify(session));
  }

  /** The environment of a person who has it. */
  get env(): Record<string, string> {
    const sso = `http://127.0.0.1:${(this.#sso.address() as AddressInfo).port}`;
    return { HOME: this.home, AWS_ENDPOINT_URL: this.#aws, AWS_ENDPOINT_URL_SSO: sso };
  }

  close(): void {
    this.#sso.closeAllConnections();
    this.#sso.close();
    this.#iam.destroy();
  }
}

/**
 * Stands in for the portal of IAM Identity Center, which the local AWS has not.
 * Source: IAM Identity Center Portal API Reference, GetRoleCredentials; checked 2026-11-30.
 */
const portal = (sts: STSClient): Server =>
  createServer(async (request, response) => {
    if (request.headers['x-amz-sso_bearer_token'] !== 'token') return response.writeHead(401).end();
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/operator', RoleSessionName: 'sso-user' }),
    );
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials!;
    const expiration = Credentials!.Expiration!.getTime();
    const roleCredentials = { accessKeyId, secretAccessKey, sessionToken, expiration };
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ roleCredentials }));
  });
