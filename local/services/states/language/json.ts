/** A JSON text's value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The length of the value as compact JSON in UTF-8, which is what the service's limits count. */
export const bytesOf = (value: Json): number => Buffer.byteLength(JSON.stringify(value));
