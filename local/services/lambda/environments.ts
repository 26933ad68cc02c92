import type { Host } from '../../host.ts';
import { checkAssumable } from './assumable.ts';
import type { CodeStore } from './code-store.ts';
import type { LambdaDeps } from './deps.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { LambdaFunction } from './function.ts';
import { FunctionNetwork } from './network.ts';
import { variablesOf } from './variables.ts';

/** The address of Lambda's own egress in the small internet. */
const defaultEgressAddress = '198.51.100.20';

/** How many environments stay warm by default: about 400 MB of them. */
const defaultMaxIdle = 16;

/** How long an environment's credentials are good by default, in hours: an environment is not used for longer. */
const defaultCredentialHours = 12;

/** An environment's credentials must outlive any one invocation: 15 minutes at most, in ms. */
const credentialsMarginMs = 15 * 60_000;

interface Kept {
  key: string;
  environment: ExecutionEnvironment;
}

/**
 * The execution environments of all functions. One that is idle is used again, the warmest first; when none is, another
 * starts. Of the idle ones only the last used are kept, because each holds some 25 MB.
 */
export class Environments {
  readonly #host: Host;
  readonly #code: CodeStore;
  readonly #deps: LambdaDeps;
  readonly #network: FunctionNetwork;
  readonly #maxIdle: number;
  readonly #credentialsMs: number;
  /** The longest idle first. */
  #idle: Kept[] = [];
  readonly #busy = new Set<Kept>();

  constructor(host: Host, code: CodeStore, deps: LambdaDeps) {
    this.#host = host;
    this.#code = code;
    this.#deps = deps;
    this.#network = new FunctionNetwork(deps.internet, {
      from: deps.egressAddress ?? defaultEgressAddress,
      draws: host.draws,
    });
    this.#maxIdle = deps.maxIdle ?? defaultMaxIdle;
    this.#credentialsMs = (deps.credentialHours ?? defaultCredentialHours) * 3_600_000;
  }

  /** How many environments there are, idle and busy. */
  get size(): number {
    return this.#idle.length + this.#busy.size;
  }

  /** Runs `use` with an environment of the function that nobody else uses meanwhile. */
  async use<T>(
    lambda: LambdaFunction,
    use: (environment: ExecutionEnvironment, start: { cold: boolean }) => Promise<T>,
  ): Promise<T> {
    const warm = this.#takeWarm(lambda);
    const kept = warm ?? { key: lambda.arn, environment: await this.#start(lambda) };
    this.#busy.add(kept);
    try {
      return await use(kept.environment, { cold: !warm });
    } finally {
      this.#busy.delete(kept);
      this.#idle.push(kept);
      await this.#tidy(lambda);
    }
  }

  /** Ends the idle environments of a function; a busy one ends after its invocation because its revision is old. */
  async recycle(lambda: LambdaFunction): Promise<void> {
    const idle = this.#idle.filter(({ key }) => key === lambda.arn);
    this.#idle = this.#idle.filter(({ key }) => key !== lambda.arn);
    await Promise.all(idle.map(({ environment }) => environment.end()));
  }

  /** The environments of a function that run an invocation. */
  busy(lambda: LambdaFunction): ExecutionEnvironment[] {
    return [...this.#busy].filter(({ key }) => key === lambda.arn).map(({ environment }) => environment);
  }

  /** Kills every environment of a function in the middle of what it does; says how many were busy. */
  async kill(lambda: LambdaFunction): Promise<number> {
    const busy = this.busy(lambda);
    await Promise.all(busy.map((environment) => environment.end()));
    await this.recycle(lambda);
    return busy.length;
  }

  async close(): Promise<void> {
    const all = [...this.#idle, ...this.#busy];
    this.#idle = [];
    await Promise.all(all.map(({ environment }) => environment.end()));
    await this.#network.close();
  }

  #takeWarm(lambda: LambdaFunction): Kept | undefined {
    const found = this.#idle.findLast(
      ({ key, environment }) => key === lambda.arn && this.#usable(lambda, environment),
    );
    if (found) this.#idle = this.#idle.filter((kept) => kept !== found);
    return found;
  }

  #usable(lambda: LambdaFunction, { alive, revision, expiresAt }: ExecutionEnvironment): boolean {
    return alive && revision === lambda.revision && expiresAt - credentialsMarginMs > this.#host.clock.now().getTime();
  }

  async #tidy(lambda: LambdaFunction): Promise<void> {
    const useless = this.#idle.filter(
      ({ key, environment }) => !environment.alive || (key === lambda.arn && !this.#usable(lambda, environment)),
    );
    const kept = this.#idle.filter((one) => !useless.includes(one));
    const surplus = kept.splice(0, Math.max(0, kept.length - this.#maxIdle));
    this.#idle = kept;
    await Promise.all([...useless, ...surplus].map(({ environment }) => environment.end()));
  }

  async #start(lambda: LambdaFunction): Promise<ExecutionEnvironment> {
    const { roles, endpoint, elsewhere = {}, authorities, logs } = this.#deps;
    const { clock, draws } = this.#host;
    const { settings, region } = lambda;
    checkAssumable(roles, settings.role, lambda.arn);
    const expiresAt = new Date(clock.now().getTime() + this.#credentialsMs);
    const session = roles.issue(settings.role, lambda.name, { expiresAt });
    const day = clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
    const shared = settings.logGroup !== `/aws/lambda/${lambda.name}`;
    // Where functions share a log group, the stream's name tells them apart.
    const logStream = `${day}/${shared ? lambda.name : ''}[$LATEST]${draws.hex('lambda:log-stream', 32)}`;
    const environment = new ExecutionEnvironment({
      runtime: await this.#code.runtime(),
      setup: {
        offset: clock.sharedOffset,
        taskRoot: lambda.code.root,
        handler: settings.handler,
        authorities: authorities?.(),
        compileCache: await this.#code.compileCache(),
        logFormat: settings.logFormat,
      },
      network: this.#network.connectWorker(),
      variables: variablesOf(lambda, { session, endpoint: endpoint(), elsewhere, logStream }),
      memoryMb: settings.memoryMb,
      revision: lambda.revision,
      logStream,
      expiresAt: expiresAt.getTime(),
    });
    environment.onOutput = (message) =>
      logs.write({ region, group: settings.logGroup, stream: logStream }, [{ at: clock.now(), message }]);
    return environment;
  }
}
