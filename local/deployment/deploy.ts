import type { Host } from '../host.ts';
import type { Dispatch } from '../wire/service.ts';
import type { AssembledStack, Asset, Template, TemplateResource } from './assembly.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { creationOrder } from './order.ts';
import type { Deployed, Deploying } from './resource.ts';
import { resourceTypes } from './resources/index.ts';

export interface DeployOptions {
  dispatch: Dispatch;
  /** Told of every asset before any resource is made, as an upload would. */
  publish(asset: Asset): void;
}

export interface DeployedStack {
  outputs: Record<string, string>;
  /** By logical id: the type and what Ref answers. */
  resources: Map<string, { type: string; physicalId: string }>;
}

/** Metadata of the tools that made the template: nothing to create. */
const ignoredTypes = new Set(['AWS::CDK::Metadata']);

/**
 * Creates a stack's resources by the services' own operations, in the order that their references ask for.
 *
 * @throws {Error} one sentence that names the resource: an unknown type or property, a missing reference, or what the
 *   service itself says
 */
export async function deploy(
  stack: AssembledStack,
  host: Host,
  { dispatch, publish }: DeployOptions,
): Promise<DeployedStack> {
  const { template } = stack;
  for (const asset of stack.assets) publish(asset);
  const made = new Map<string, Deployed>();
  const scope = scopeOf(stack, host, made);
  for (const logicalId of creationOrder(template)) {
    const resource = template.Resources[logicalId] as TemplateResource;
    if (ignoredTypes.has(resource.Type) || (resource.Condition && !scope.condition(resource.Condition))) continue;
    try {
      made.set(logicalId, await create(logicalId, resource, { stack, host, scope, dispatch }));
    } catch (error) {
      const path = resource.Metadata?.['aws:cdk:path'] ?? logicalId;
      throw new Error(`Cannot deploy "${path}" (${resource.Type}): ${(error as Error).message}`, { cause: error });
    }
  }
  return { outputs: outputsOf(template, scope), resources: physical(template, made) };
}

async function create(
  logicalId: string,
  { Type, Properties = {} }: TemplateResource,
  { stack, host, scope, dispatch }: { stack: AssembledStack; host: Host; scope: Scope; dispatch: Dispatch },
): Promise<Deployed> {
  const type = resourceTypes[Type];
  if (!type) throw new Error('the local AWS does not know this type of resource');
  const unknown = Object.keys(Properties).filter((property) => !type.properties.includes(property));
  if (unknown.length > 0)
    throw new Error(`it does not know the property ${unknown.map((name) => `"${name}"`).join(', ')}`);
  const deploying: Deploying = {
    call: async <Output>(service: string, operation: string, input: object) =>
      (await dispatch({
        service,
        operation,
        input,
        principal: { arn: 'cloudformation.amazonaws.com', service: 'cloudformation.amazonaws.com' },
        region: host.homeRegion,
      })) as Output,
    stackName: stack.name,
    logicalId,
    account: host.account,
    region: host.homeRegion,
    name: (most) => {
      const random = host.draws.hex(`cloudformation:${logicalId}`, 12).toUpperCase();
      return `${`${stack.name}-${logicalId}`.slice(0, most - random.length - 1)}-${random}`;
    },
    asset: (bucket, key) => {
      const found = stack.assets.find((asset) => asset.bucket === bucket && asset.key === key);
      if (!found) throw new Error(`the assembly has no asset "${key}"`);
      return found.path;
    },
  };
  return type.create(resolve(Properties, scope) as Record<string, unknown>, deploying);
}

function scopeOf({ name, template }: AssembledStack, host: Host, made: Map<string, Deployed>): Scope {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': host.account,
    'AWS::Partition': 'aws',
    'AWS::Region': host.homeRegion,
    'AWS::StackName': name,
    'AWS::StackId': `arn:aws:cloudformation:${host.homeRegion}:${host.account}:stack/${name}/${host.draws.hex('cloudformation:stack', 12)}`,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const resource = (logicalId: string): Deployed => {
    const found = made.get(logicalId);
    if (!found) throw new Error(`it refers to "${logicalId}", which isn't in the template`);
    return found;
  };
  const scope: Scope = {
    ref: (wanted) => {
      if (Object.hasOwn(pseudo, wanted)) return pseudo[wanted];
      const parameter = template.Parameters?.[wanted];
      if (!parameter) return resource(wanted).ref;
      if (parameter.Default === undefined) throw new Error(`the parameter "${wanted}" has no default`);
      return parameter.Default;
    },
    getAtt: (logicalId, attribute) => {
      const value = resource(logicalId).attributes?.[attribute];
      if (value === undefined) throw new Error(`"${logicalId}" has no attribute "${attribute}"`);
      return value;
    },
    condition: (wanted) => {
      if (!template.Conditions || !Object.hasOwn(template.Conditions, wanted))
        throw new Error(`there is no condition "${wanted}"`);
      return resolve(template.Conditions[wanted], scope) === true;
    },
    mapping: (map, first, second) => {
      const value = template.Mappings?.[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`the mapping "${map}" has no "${first}", "${second}"`);
      return value;
    },
  };
  return scope;
}

const outputsOf = ({ Outputs = {} }: Template, scope: Scope): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Outputs)
      .filter(([, { Condition }]) => !Condition || scope.condition(Condition))
      .map(([name, { Value }]) => [name, String(resolve(Value, scope))]),
  );

const physical = ({ Resources }: Template, made: Map<string, Deployed>): DeployedStack['resources'] =>
  new Map([...made].map(([id, { ref }]) => [id, { type: Resources[id]?.Type ?? '', physicalId: ref }]));
