/** The part of JSON Schema 2020-12 that the schema of a site document uses. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  default?: unknown;
  enum?: readonly (string | number)[];
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
}

/** One of the forms that a field may have. */
export interface Variant {
  label: string;
  /** The value that the form begins with. */
  value: unknown;
  /** What is entered in it; a plain word has nothing more. */
  schema?: Schema;
}

/** The forms of a field that has several: each word of an enumeration is one, and each kind of object. */
export function variantsOf({ anyOf = [] }: Schema): Variant[] {
  return anyOf.flatMap((schema): Variant[] => {
    if (schema.enum) return schema.enum.map((value) => ({ label: String(value), value }));
    const keys = schema.required ?? Object.keys(schema.properties ?? {});
    return [{ label: keys.map(labelOf).join(' or '), value: beginning(schema), schema }];
  });
}

/** The one that a value has, by its place among the variants; -1 for a value of none. */
export function variantAt(variants: readonly Variant[], value: unknown): number {
  return variants.findIndex(({ value: word, schema }) => {
    if (!schema) return word === value;
    if (typeof value !== 'object' || value === null) return false;
    const keys = Object.keys(value);
    const needed = schema.required ?? [];
    return needed.length > 0 ? needed.some((key) => keys.includes(key)) : true;
  });
}

/** The least that an object of this schema has: what it needs, empty. */
export function beginning({ type, required = [], properties = {}, anyOf }: Schema): unknown {
  if (anyOf?.[0]) return beginning(anyOf[0]);
  if (type !== 'object') return '';
  return Object.fromEntries(required.map((key) => [key, beginning(properties[key] ?? {})]));
}

/** Words that are not made from the name of the field. */
const LABELS: Readonly<Record<string, string>> = {
  http: 'Plain HTTP',
  dns: 'DNS',
  cdn: 'CDN',
  id: 'ID',
  arn: 'ARN',
  html: 'HTML',
  sshFrom: 'SSH from',
  diskGiB: 'Disk, GiB',
  elasticIp: 'Elastic IP',
  minimumTls: 'Minimum TLS',
  intervalSeconds: 'Interval, seconds',
};

/** The name of a field as people read it: "healthPath" is "Health path". */
export function labelOf(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return LABELS[key] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
