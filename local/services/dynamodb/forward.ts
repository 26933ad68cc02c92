import { jsonCodec } from '../../wire/json.ts';
import type { Model } from '../../wire/model.ts';
import { AwsError } from '../../wire/service.ts';
import { Written } from '../../wire/written.ts';
import type { Engine } from './engine.ts';

const codec = jsonCodec({ jsonName: false });

/** Calls an operation of the engine with the SDK's types; its errors become AwsErrors. What it answers goes on as it wrote it. */
export async function forward(
  { engine, model }: { engine: Engine; model: Model },
  operation: string,
  input: object,
): Promise<Written> {
  const schemas = model.operations.get(operation);
  if (!schemas) throw new Error(`Cannot forward "${operation}": DynamoDB's model does not have it`);
  const { status, body } = await engine.call(operation, codec.write(schemas.input, input));
  if (status === 200) {
    // Some operations answer an empty string for nothing.
    const text = body === '' || body === '""' ? '{}' : body;
    return new Written(text, () => codec.read(schemas.output, Buffer.from(text)));
  }
  const error = JSON.parse(body) as Record<string, unknown>;
  const code = String(error.__type).split('#').at(-1) ?? 'InternalServerError';
  throw new AwsError(code, String(error.message ?? error.Message ?? ''), { status });
}
