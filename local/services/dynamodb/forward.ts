import { jsonCodec } from '../../wire/json.ts';
import type { Model } from '../../wire/model.ts';
import { AwsError } from '../../wire/service.ts';
import type { Engine } from './engine.ts';

const codec = jsonCodec({ jsonName: false });

/** Calls an operation of the engine with the SDK's types; its errors become AwsErrors. */
export async function forward<Output>(
  { engine, model }: { engine: Engine; model: Model },
  operation: string,
  input: object,
): Promise<Output> {
  const schemas = model.operations.get(operation);
  if (!schemas) throw new Error(`Cannot forward "${operation}": DynamoDB's model does not have it`);
  const { status, body } = await engine.call(operation, codec.write(schemas.input, input));
  if (status === 200) return (body.length === 0 ? {} : await codec.read(schemas.output, plain(body))) as Output;
  const error = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const code = String(error.__type).split('#').at(-1) ?? 'InternalServerError';
  throw new AwsError(code, String(error.message ?? error.Message ?? ''), { status });
}

/** Some operations answer an empty string for nothing. */
const plain = (body: Buffer): Buffer => (body.toString('utf8') === '""' ? Buffer.alloc(0) : body);
