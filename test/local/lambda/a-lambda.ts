import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { Internet } from '../../../local/internet/internet.ts';
import type { LambdaDeps } from '../../../local/services/lambda/deps.ts';
import { createLambda, type Lambda } from '../../../local/services/lambda/service.ts';
import { createLogs } from '../../../local/services/logs/service.ts';
import type { Permissions } from '../../../local/wire/permissions.ts';
import type { Service } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';

export const roleArn = 'arn:aws:iam::123456789012:role/function-role';

export interface ALambda extends AFront {
  internet: Internet;
  lambda: Lambda;
  lambdaClient: LambdaClient;
  /** Creates a function from its source through the API; the file is index.mjs unless told otherwise. */
  aFunction(name: string, source: string, options?: { file?: string } & Record<string, unknown>): Promise<void>;
  /** Invokes by the SDK; `payload` is parsed. */
  invoke(name: string, event?: unknown): Promise<{ payload: unknown; functionError: string | undefined; log: string }>;
}

/** Lambda and CloudWatch Logs behind a front, and functions written down where they are used. */
export async function aLambda({
  deps = {},
  others = [],
  permissions = { session: () => undefined, refusal: () => undefined },
}: {
  deps?: Partial<LambdaDeps>;
  others?: Service[];
  /** Default: everybody may do everything. */
  permissions?: Permissions;
} = {}): Promise<ALambda> {
  const internet = new Internet();
  const folders: string[] = [];
  let lambda: Lambda | undefined;
  let url = '';
  const front = await aFront({
    passesAtWork: true,
    permissions: () => permissions,
    services: (host, dispatch) => {
      const logs = createLogs(host);
      lambda = createLambda(host, {
        roles: {
          issue: (role, sessionName) => ({
            accessKeyId: 'ASIAFUNCTION',
            secretAccessKey: 'secret',
            sessionToken: `${role} ${sessionName}`,
          }),
        },
        logs: logs.sink,
        internet,
        dispatch,
        endpoint: () => url,
        ...deps,
      });
      return [lambda.service, logs.service, ...others];
    },
  });
  url = front.url;
  const made = lambda as unknown as Lambda;
  const client = front.client(LambdaClient);
  return {
    ...front,
    internet,
    lambda: made,
    lambdaClient: client,
    async aFunction(name, source, { file = 'index.mjs', ...config } = {}) {
      const folder = await mkdtemp(join(tmpdir(), 'a-function-'));
      folders.push(folder);
      await writeFile(join(folder, file), source);
      made.publish({ bucket: 'assets', key: `${name}.zip`, path: folder });
      await front.dispatch({
        service: 'lambda',
        operation: 'CreateFunction',
        input: {
          FunctionName: name,
          Role: roleArn,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Timeout: 10,
          Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
          ...config,
        },
        principal: { arn: 'arn:aws:iam::123456789012:root' },
      });
    },
    async invoke(name, event = {}) {
      const { InvokeCommand } = await import('@aws-sdk/client-lambda');
      const answer = await client.send(
        new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail' }),
      );
      return {
        payload: JSON.parse(Buffer.from(answer.Payload ?? []).toString() || 'null') as unknown,
        functionError: answer.FunctionError,
        log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
      };
    },
    async close() {
      await made.close();
      await front.close();
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
