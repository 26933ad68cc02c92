import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../host.ts';
import { AwsError, type Dispatch, type Principal } from '../wire/service.ts';
import type { AssembledStack, Asset } from './assembly.ts';
import { DeploymentError, nameOf } from './deployment-error.ts';
import { type Lookup, resolve } from './intrinsics.ts';
import { createLookup, type StackIdentity } from './lookup.ts';
import { inOrder } from './order.ts';
import { physicalName } from './physical-name.ts';
import type { Before, Made, Making, Provider } from './provider.ts';
import { ignored, providerOf } from './providers.ts';
import { referencesIn } from './references.ts';
import { checkRules } from './rules.ts';
import { shaped } from './shape.ts';
import { unknownSections } from './template.ts';

export interface DeployOptions {
  /** Makes the resources, by the operations of their services. */
  dispatch: Dispatch;
  /** Told of every asset before any resource is made, as an upload would. */
  publish(asset: Asset): void;
  /** Values of the template's parameters. */
  parameters?: Record<string, string>;
  /** What stacks deployed before export, for Fn::ImportValue; this one's exports are added. */
  exports?: Map<string, unknown>;
  /** The stack as it was deployed before: it is updated. */
  before?: DeployedStack;
}

export interface DeployedStack {
  /** Its ARN, which updates leave as it is. */
  id: string;
  /** By logical id of the output. */
  outputs: Record<string, string>;
  /** By logical id: the type and what Ref answers. */
  resources: Map<string, DeployedResource>;
}

interface DeployedResource extends Before<unknown> {
  type: string;
  physicalId: string;
  /** Its DeletionPolicy keeps it when the template has it no more. */
  retained: boolean;
}

/**
 * Deploys one stack, or updates it: what is new is made and what differs is updated, each after what it needs, and what the template
 * has no more is deleted in the end. An update that the resource's type doesn't have here is refused by its properties. Each resource is made by the operations that CloudFormation would call, so what their services
 * refuse is refused here. Throws DeploymentError, one sentence that names the resource; what was made until then stays,
 * since a local AWS whose template fails is of no further use.
 *
 * Counts as work: AWS time passes as the wall clock's meanwhile.
 */
export async function deploy(stack: AssembledStack, host: Host, options: DeployOptions): Promise<DeployedStack> {
  return await host.clock.during(() => new StackDeployment(stack, host, options).run());
}

class StackDeployment {
  readonly #stack: AssembledStack;
  readonly #host: Host;
  readonly #options: DeployOptions;
  readonly #identity: StackIdentity;
  readonly #principal: Principal;
  readonly #made = new Map<string, Made>();
  readonly #exports: Map<string, unknown>;
  readonly #lookup: Lookup;

  constructor(stack: AssembledStack, host: Host, options: DeployOptions) {
    const region = stack.region ?? host.homeRegion;
    const id =
      options.before?.id ??
      `arn:aws:cloudformation:${region}:${host.account}:stack/${stack.name}/${host.draws.hex('cloudformation:stack', 32)}`;
    this.#stack = stack;
    this.#host = host;
    this.#options = options;
    this.#identity = { name: stack.name, id, region, account: host.account };
    this.#principal = { service: 'cloudformation.amazonaws.com', arn: id, sourceArn: id };
    this.#exports = options.exports ?? new Map();
    this.#lookup = createLookup(stack.template, {
      stack: this.#identity,
      parameters: options.parameters ?? {},
      exports: this.#exports,
      made: this.#made,
    });
  }

  async run(): Promise<DeployedStack> {
    const { template, name, assets } = this.#stack;
    const resources: DeployedStack['resources'] = new Map();
    const outputs: DeployedStack['outputs'] = {};
    const [unknown] = unknownSections(template);
    if (unknown !== undefined)
      throw new DeploymentError(
        `Cannot deploy the stack "${name}": the section "${unknown}" is not part of the local AWS`,
      );
    this.#checkRules();
    for (const asset of assets) this.#options.publish(asset);
    for (const logicalId of this.#order()) {
      const resource = await this.#about(logicalId, () => this.#bring(logicalId));
      this.#made.set(logicalId, resource.made);
      resources.set(logicalId, resource);
    }
    await this.#clean(resources);
    for (const [key, output] of Object.entries(template.Outputs ?? {})) {
      if (output.Condition !== undefined && !this.#lookup.condition(output.Condition)) continue;
      const value = this.#resolveOutput(key, output.Value);
      outputs[key] = String(value);
      if (output.Export) this.#exports.set(String(this.#resolveOutput(key, output.Export.Name)), value);
    }
    return { id: this.#identity.id, outputs, resources };
  }

  #checkRules(): void {
    try {
      checkRules(this.#stack.template, this.#lookup);
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
      throw new DeploymentError(`Cannot deploy the stack "${this.#stack.name}": ${error.message}`);
    }
  }

  /** The resources that are to be made, each after what it needs. Refuses what cannot be made before anything is. */
  #order(): string[] {
    const { template } = this.#stack;
    const dependencies = new Map<string, string[]>();
    for (const [logicalId, { Type, Properties, DependsOn = [], Condition }] of Object.entries(template.Resources)) {
      if (ignored.has(Type)) continue;
      this.#aboutSync(logicalId, () => {
        providerOf(Type);
        const { ids, conditions } = referencesIn(Properties ?? {});
        if (Condition !== undefined) conditions.add(Condition);
        for (const condition of conditions) this.#lookup.condition(condition);
        const needed = [...ids, ...[DependsOn].flat()].filter((id) => !this.#isParameter(id));
        const missing = needed.find((id) => !template.Resources[id]);
        if (missing !== undefined)
          throw new DeploymentError(`it refers to "${missing}", which the template does not have`);
        if (Condition === undefined || this.#lookup.condition(Condition)) dependencies.set(logicalId, needed);
      });
    }
    return inOrder(dependencies);
  }

  /** Makes or updates a resource; one that is as it was is left alone. */
  async #bring(logicalId: string): Promise<DeployedResource> {
    const type = this.#type(logicalId);
    const provider = providerOf(type);
    const making = this.#making(logicalId);
    const { properties } = making;
    const standing = this.#options.before?.resources.get(logicalId);
    const before = standing?.type === type ? standing : undefined;
    const made = before ? before.made : await provider.create(making);
    if (before && !isDeepStrictEqual(before.properties, properties)) {
      checkUpdate(provider, { before: before.properties as never, properties: properties as never });
      await provider.update?.(making, before);
    }
    const retained = this.#stack.template.Resources[logicalId]?.DeletionPolicy?.startsWith('Retain') === true;
    return { type, physicalId: made.ref, made, properties, retained };
  }

  /** Deletes what the template has no more, each before what it needed. */
  async #clean(resources: DeployedStack['resources']): Promise<void> {
    for (const [logicalId, before] of [...(this.#options.before?.resources ?? [])].reverse()) {
      if (before.retained || resources.get(logicalId)?.type === before.type) continue;
      const provider = providerOf(before.type);
      if (!provider.delete) {
        throw new DeploymentError(`Cannot delete the ${before.type} "${logicalId}": that is not part of the local AWS`);
      }
      await provider.delete(this.#call, before);
    }
  }

  readonly #call: Making<unknown>['call'] = async <Output>(service: string, operation: string, input: object) =>
    (await this.#options.dispatch({
      ...{ service, operation, input, principal: this.#principal, region: this.#identity.region },
    })) as Output;

  #making(logicalId: string): Making<unknown> {
    const { region, account, name: stack } = this.#identity;
    const provider = providerOf(this.#type(logicalId));
    const resolved = resolve(this.#stack.template.Resources[logicalId]?.Properties ?? {}, this.#lookup);
    return {
      logicalId,
      properties: shaped(resolved, { object: provider.properties }, ''),
      account,
      region,
      name: (max) => physicalName(this.#host.draws, { stack, logicalId, max }),
      call: this.#call,
      assetText: async (bucket, key) => {
        const found = this.#stack.assets.find((asset) => asset.bucket === bucket && asset.key === key);
        if (!found) throw new DeploymentError(`it needs s3://${bucket}/${key}, which is no asset of the stack`);
        return await readFile(found.path, 'utf8');
      },
    };
  }

  #resolveOutput(key: string, value: unknown): unknown {
    try {
      return resolve(value, this.#lookup);
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
      throw new DeploymentError(`Cannot tell the output "${key}" of the stack "${this.#stack.name}": ${error.message}`);
    }
  }

  #type(logicalId: string): string {
    return this.#stack.template.Resources[logicalId]?.Type ?? '';
  }

  #isParameter(name: string): boolean {
    return name.startsWith('AWS::') || this.#stack.template.Parameters?.[name] !== undefined;
  }

  async #about<T>(logicalId: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw this.#named(logicalId, error);
    }
  }

  #aboutSync(logicalId: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      throw this.#named(logicalId, error);
    }
  }

  /** What went wrong with a resource, with its name in front. A mistake of ours stays what it is. */
  #named(logicalId: string, error: unknown): unknown {
    const { paths, template } = this.#stack;
    const path = paths?.get(logicalId) ?? template.Resources[logicalId]?.Metadata?.['aws:cdk:path'];
    const named = nameOf({ type: this.#type(logicalId), logicalId, path });
    if (error instanceof DeploymentError) return new DeploymentError(`Cannot deploy ${named}: ${error.message}`);
    if (!(error instanceof AwsError)) return error;
    return new DeploymentError(`Cannot deploy ${named}: ${error.code}: ${error.message}`, { cause: error });
  }
}

/** Throws DeploymentError for a change that the type's update does not take over here. */
function checkUpdate(
  { updates = [] }: Provider,
  { before, properties }: { before: Record<string, unknown>; properties: Record<string, unknown> },
): void {
  const changed = Object.keys({ ...before, ...properties }).filter(
    (name) => !isDeepStrictEqual(before[name], properties[name]),
  );
  const refused = changed.filter((name) => !updates.includes(name));
  if (refused.length > 0)
    throw new DeploymentError(`updating ${refused.map((name) => `"${name}"`).join(', ')} is not part of the local AWS`);
}
