import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';

// dynalite has no types.
const dynalite: (options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }) => Server =
  createRequire(import.meta.url)('dynalite');

/** What DynamoDB's own wire says: a JSON document each way. */
export interface Engine {
  call(operation: string, body: string): Promise<{ status: number; body: string }>;
}

/** An empty DynamoDB for one region, in memory. It listens nowhere: its server is handed requests, with as much of each as it looks at. */
export function createEngine({ account, region }: { account: string; region: string }): Engine {
  const server = withEnvironment({ AWS_ACCOUNT_ID: account, AWS_REGION: region }, () =>
    dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    // It wants to see a signature and does not verify it; the front did.
    authorization: 'AWS4-HMAC-SHA256 Credential=inside, SignedHeaders=host, Signature=inside',
    'x-amz-date': 'inside',
  };
  return {
    call: (operation, body) =>
      new Promise((resolve, reject) => {
        const target = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
        const request = Object.assign(new EventEmitter(), {
          method: 'POST',
          url: '/',
          headers: { ...headers, ...target },
        });
        const response = {
          statusCode: 200,
          setHeader: () => {},
          end: (answer = '') => resolve({ status: response.statusCode, body: answer }),
        };
        try {
          server.emit('request', request, response);
          request.emit('data', Buffer.from(body));
          request.emit('end');
        } catch (error) {
          reject(error);
        }
      }),
  };
}

/** dynalite takes account and region, which stand in its ARNs, from the environment at the moment it is made. */
function withEnvironment<T>(variables: Record<string, string>, act: () => T): T {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return act();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
