import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import { isInstalled, whySkipped } from './installed.ts';

/**
 * The CLI's surroundings: this process's own, since a version manager's shim asks its PATH, HOME and variables, less
 * whatever they say about AWS.
 */
const SURROUNDINGS = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));

/** Where versions 1 and 2 of the CLI differ by default, this one way: dates as text, what is said for a blob as it is. */
const SETTINGS = fileURLToPath(new URL('./aws-cli.config', import.meta.url));

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

interface Target {
  url: string;
  credentials?: Credentials;
}

const PERSON: Credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };

/** A command that failed, with what it printed. */
export class CliError extends Error {
  readonly stderr: string;

  constructor(stderr: string) {
    super(stderr.trim());
    this.name = 'CliError';
    this.stderr = stderr;
  }
}

/**
 * Runs the AWS CLI, an AWS client that shares nothing with the SDK for JavaScript, and parses what it prints:
 *
 *     await awsCli(aws.url, 'route53', 'list-hosted-zones')
 *
 * Throws CliError when it exits with another status than 0. With credentials it acts for a role:
 *
 *     await awsCli({ url: aws.url, credentials: aws.role(...) }, 'acm', 'list-certificates')
 */
export function awsCli(to: string | Target, ...words: string[]): Promise<Record<string, unknown>> {
  const { url, credentials = PERSON } = typeof to === 'string' ? { url: to } : to;
  const env = {
    ...SURROUNDINGS,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: SETTINGS,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
    LC_ALL: 'C.UTF-8',
  };
  return new Promise((resolve, reject) => {
    const all = ['--endpoint-url', url, '--output', 'json', ...words];
    execFile('aws', all, { env }, (error, stdout, stderr) => {
      if (error) reject(new CliError(stderr || error.message));
      else resolve(stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>));
    });
  });
}

/** describe(), skipped with a word about it where the AWS CLI does not run. */
export const describeWithAwsCli: (title: string, body: () => void) => void = isInstalled('aws', SURROUNDINGS)
  ? describe
  : (title, body) => describe.skip(`${title} (${whySkipped('aws')})`, body);
