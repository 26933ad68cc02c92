import { JsonCodec2 } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** Epoch seconds, as the SDK's codecs number the timestamp formats. */
const EPOCH_SECONDS = 7;

/** Reads and writes JSON by schema; `jsonName` heeds renamed members, which REST-JSON has and AWS JSON has not. */
export function jsonCodec({ jsonName }: { jsonName: boolean }): {
  read(schema: NormalizedSchema, body: Buffer): Promise<unknown>;
  write(schema: NormalizedSchema, value: unknown): string;
} {
  const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: EPOCH_SECONDS }, jsonName });
  return {
    async read(schema, body) {
      const text = body.length === 0 ? '{}' : body.toString('utf8');
      const top: unknown = JSON.parse(text);
      if (top === null || typeof top !== 'object' || Array.isArray(top)) {
        throw new SyntaxError('Start of structure or map found where not expected.');
      }
      if (schema.isUnitSchema()) return {};
      return await codec.createDeserializer().read(schema, text);
    },
    write(schema, value) {
      if (schema.isUnitSchema()) return '{}';
      const serializer = codec.createSerializer();
      serializer.write(schema, value ?? {});
      return new TextDecoder().decode(serializer.flush());
    },
  };
}
