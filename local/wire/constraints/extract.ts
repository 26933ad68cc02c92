/**
 * Prints the constraints of a service's inputs, as AWS's own models have them, for the operations that are named:
 *
 *   python3 -c 'import gzip,sys;sys.stdout.write(gzip.open(sys.argv[1],"rt").read())' \
 *     .../botocore/data/iam/2010-05-08/service-2.json.gz | node local/wire/constraints/extract.ts @aws-sdk/client-iam CreateRole GetRole
 *
 * Operations that are known to answer otherwise are left unnamed: PutMetricData, GetPolicyVersion.
 * The SDK for JavaScript leaves them out of its schemas. Its words of an enumeration are added, where it is newer.
 */
import { text } from 'node:stream/consumers';
import { type Constraint, type Constraints, matcherOf } from './constraint.ts';

interface Shape {
  type: string;
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
}

interface AwsModel {
  operations: Record<string, { input?: { shape: string } }>;
  shapes: Record<string, Shape>;
}

function constraintsOf({ operations, shapes }: AwsModel, names: string[], sdk: Record<string, unknown>): Constraints {
  const found: Constraints = {};
  const seen = new Set<string>();

  function visit(name: string): void {
    const { members = {} } = shapes[name] ?? {};
    if (seen.has(name)) return;
    seen.add(name);
    const constrained = Object.entries(members).flatMap(([member, { shape }]) => {
      const constraint = constraintOf(shape, new Set());
      return Object.keys(constraint).length > 0 ? [[member, constraint] as const] : [];
    });
    if (constrained.length > 0 || inputs.includes(name)) found[name] = Object.fromEntries(constrained);
  }

  function constraintOf(name: string, within: Set<string>): Constraint {
    const shape = shapes[name];
    // Ids of Route 53 may come with "/hostedzone/" before them, which clients take away.
    if (!shape || within.has(name) || (name === 'ResourceId' && shape.max === 32)) return {};
    if (shape.type === 'structure') visit(name);
    if (shape.type === 'structure' || shape.type === 'boolean' || shape.type === 'timestamp') return {};
    const inside = new Set([...within, name]);
    const of = (member: { shape: string } | undefined): Constraint =>
      member ? constraintOf(member.shape, inside) : {};
    const [each, keys] = [of(shape.member ?? shape.value), of(shape.key)];
    const words = shape.enum && [...new Set([...shape.enum, ...Object.values((sdk[name] ?? {}) as string[])])];
    return {
      ...(shape.min !== undefined && !words && { min: shape.min }),
      ...(shape.max !== undefined && !words && { max: shape.max }),
      ...(shape.pattern !== undefined && !words && { pattern: readable(shape.pattern) }),
      ...(words && { oneOf: words }),
      ...(Object.keys(each).length > 0 && { each }),
      ...(Object.keys(keys).length > 0 && { keys }),
    };
  }

  const inputs = names.flatMap((name) => operations[name]?.input?.shape ?? []);
  inputs.forEach(visit);
  return found;
}

/** Throws for a pattern that JavaScript cannot read. */
function readable(pattern: string): string {
  matcherOf(pattern);
  return pattern;
}

const [sdk = '', ...names] = process.argv.slice(2);
const model = JSON.parse(await text(process.stdin)) as AwsModel;
process.stdout.write(JSON.stringify(constraintsOf(model, names, await import(sdk))));
