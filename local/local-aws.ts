import { eachAccount } from './accounts.ts';
import { Authority } from './certificates/authority.ts';
import { Clock } from './clock/clock.ts';
import type { Rate } from './clock/token-bucket.ts';
import { readAssembly } from './deployment/assembly.ts';
import { type DeployedStack, deploy } from './deployment/deploy.ts';
import { startDnsFront } from './dns/front.ts';
import { createNames } from './dns/names.ts';
import { Draws } from './draws/draws.ts';
import type { Host, ServiceEvent } from './host.ts';
import { createInspection } from './inspect/inspection.ts';
import { Internet } from './internet/internet.ts';
import { startProxy } from './internet/proxy.ts';
import { Rdap } from './internet/rdap.ts';
import { createPermissions } from './permissions/permissions.ts';
import { rolesOf } from './permissions/roles-of.ts';
import { portTaken } from './port-taken.ts';
import { createAcm } from './services/acm/service.ts';
import { createApiGateway } from './services/apigatewayv2/service.ts';
import { createCloudFormation } from './services/cloudformation/service.ts';
import { createCloudFront } from './services/cloudfront/service.ts';
import { createCloudWatch } from './services/cloudwatch/service.ts';
import { createDynamodb } from './services/dynamodb/service.ts';
import { createEc2 } from './services/ec2/service.ts';
import { createElbv2 } from './services/elbv2/service.ts';
import { createEventBridge } from './services/eventbridge/service.ts';
import { createIam } from './services/iam/service.ts';
import { createLambda } from './services/lambda/service.ts';
import { createLogs } from './services/logs/service.ts';
import { createRoute53 } from './services/route53/service.ts';
import { createRoute53Domains } from './services/route53domains/service.ts';
import { createS3 } from './services/s3/service.ts';
import { createScheduler } from './services/scheduler/service.ts';
import { createSecretsManager } from './services/secretsmanager/service.ts';
import { createSns } from './services/sns/service.ts';
import { createSsm } from './services/ssm/service.ts';
import { createStates } from './services/states/service.ts';
import { createSts } from './services/sts/service.ts';
import { CallLog } from './wire/calls.ts';
import { Faults } from './wire/faults.ts';
import { startFront } from './wire/front.ts';
import { Lags } from './wire/lags.ts';
import type { Dispatch, Service } from './wire/service.ts';

const ACCOUNT = '123456789012';
/** Somebody else's, whose zones are reached through its roles; its number as access key is its administrator. */
const OTHER_ACCOUNT = '210987654321';
const REGION = 'us-east-1';

/** Unkind on purpose: on AWS a call fails now and then, and whoever cannot bear it should learn so here. */
const UNLUCKY_SHARE = 0.01;

/** On AWS what was changed is not always seen by the next read, and some of what was deleted lasts for minutes. */
const LAG_SHARE = 0.05;

export interface LocalAwsOptions {
  /** The folder of a synthesized CDK cloud assembly, whose stacks are deployed before anybody is let in. */
  assembly: string;
  /** Where stacks are deployed that leave it open. Default "us-east-1". */
  region?: string;
  /** AWS seconds that pass in one while everything waits; 0 stands still until it is moved. Default 0. */
  speed?: number;
  /** Decides the draw of delays and ids. Default 1. */
  seed?: number;
  /** The HTTP API's port; AWS, DNS and the proxy take the three after it. Default: any free ones. */
  port?: number;
  /** When AWS time starts. Default: now. */
  startAt?: Date;
  /** How long the person at the registrar takes to enter name servers; undefined for never. Default 20 to 40 s. */
  delegatesAfterSeconds?: { min: number; max: number } | undefined;
  /** The share of services' events that come twice. */
  doubledShare?: number;
  /** How many functions' environments stay warm at most; each holds about 25 MB. Default 16. */
  keptWarm?: number;
  /** How long functions' credentials are good, in hours of AWS time: no environment is used for longer. Default 12. */
  credentialHours?: number;
  /** How many functions run at once: the account's quota. Default 1,000; a new account may have 10. */
  concurrency?: number;
  /** How fast executions may be started. Default: the region's own quota. */
  starts?: Rate;
  /** The share of the functions' calls that fail or are throttled though nobody asked for it. Default 0.01. */
  unluckyShare?: number;
  /** The share of changes that EC2 and ELB show late to functions; 0 shortens what ACM and ELB take for cleaning up as well. Default 0.05. */
  lagShare?: number;
  /** Variables that go through to the functions: AWS_ENDPOINT_URL_<SERVICE>. Default: this process's own. */
  elsewhere?: Record<string, string>;
}

/** The AWS that runs on your machine, and what tests and tools look at inside it. */
export type LocalAws = Awaited<ReturnType<typeof startLocalAws>>;

/**
 * Boots the local AWS and deploys an assembly into it. Everything listens on the loopback only.
 *
 * @throws {Error} one sentence: a port that is taken, an assembly that can't be deployed
 */
export async function startLocalAws(options: LocalAwsOptions) {
  const { assembly, region = REGION, speed = 0, seed = 1, port, startAt, doubledShare } = options;
  const clock = new Clock({ speed, ...(startAt && { startAt }) });
  const draws = new Draws(seed);
  // The default bus is made after the services that put events on it.
  let emit: (event: ServiceEvent) => void = () => {};
  const host: Host = {
    clock,
    draws,
    account: ACCOUNT,
    otherAccounts: [OTHER_ACCOUNT],
    homeRegion: region,
    lagShare: options.lagShare ?? LAG_SHARE,
    emit: (event) => emit(event),
  };
  // Whatever was started is closed again in reverse, also when something after it could not start.
  const closers: (() => unknown)[] = [() => clock.stop()];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const internet = new Internet({ clock });
    const authority = await Authority.create();
    const names = createNames(host, internet, registrarOptions(options));
    closers.push(() => names.close());
    let endpoint = '';
    let dispatchLater: Dispatch | undefined;
    const dispatch: Dispatch = (request) => {
      if (!dispatchLater) throw new Error('Cannot call a service before the local AWS has started');
      return dispatchLater(request);
    };

    const calls = new CallLog();
    const faults = new Faults({ luck: { draws, share: options.unluckyShare ?? UNLUCKY_SHARE } });
    const other: Host = { ...host, account: OTHER_ACCOUNT };
    const [iam, otherIam] = [createIam(host), createIam(other)];
    const roles = rolesOf({ [ACCOUNT]: iam.roles, [OTHER_ACCOUNT]: otherIam.roles });
    const permissions = createPermissions(host, roles);
    const sts = createSts(host, { roles, issue: permissions.issue });
    const logs = createLogs(host);
    const eventbridge = createEventBridge(host, {
      dispatch,
      refusal: permissions.refusal,
      ...(doubledShare !== undefined && { doubledShare }),
    });
    emit = eventbridge.emit;
    const scheduler = createScheduler(host, { dispatch, trustOf: (roleArn) => roles.trustOf(roleArn) });
    const sns = createSns(host, { dispatch });
    const secretsManager = createSecretsManager(host);
    const cloudwatch = createCloudWatch(host, { dispatch });
    const dynamodb = createDynamodb(host);
    const route53 = createRoute53(host, { ...names, metrics: cloudwatch });
    const otherRoute53 = createRoute53(other, { ...names, healthOf: [route53] });
    const route53Domains = createRoute53Domains(host, names);
    const otherDomains = createRoute53Domains(other, names);
    const acm = createAcm(host, {
      authority,
      resolve: (name, type) => names.freshResolver.resolve(name, type),
      acme: { internet, awsNames: names.awsNames, roles, permissions, dispatch, wire: { faults, calls } },
    });
    const rdap = new Rdap(host, { names, authority });
    closers.push(() => rdap.close());
    const ec2 = createEc2(host, { internet, profiles: iam.profiles });
    const ssm = createSsm(host, { agents: ec2.agents, trustOf: iam.roles.trustOf, refusal: permissions.refusal });
    const elbv2 = createElbv2(host, { internet, ec2, certificates: acm.certificates, awsNames: names.awsNames });
    const s3 = createS3(host, { refusal: permissions.refusal });
    const cloudfront = createCloudFront(host, {
      askBucket: s3.askBucket,
      internet,
      authority,
      certificates: acm.certificates,
      awsNames: names.awsNames,
      resolve: (name, type) => names.freshResolver.resolve(name, type),
    });
    const cloudformation = createCloudFormation();
    const states = createStates(host, { dispatch, starts: options.starts, trustOf: iam.roles.trustOf });
    const lambda = createLambda(host, {
      roles: { issue: permissions.issue, trustOf: iam.roles.trustOf },
      logs: logs.sink,
      internet,
      dispatch,
      endpoint: () => endpoint,
      elsewhere: options.elsewhere ?? endpointsElsewhere(process.env),
      authorities: () => [authority.rootPem],
      ...(options.keptWarm !== undefined && { maxIdle: options.keptWarm }),
      ...(options.credentialHours !== undefined && { credentialHours: options.credentialHours }),
      ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    });
    closers.push(() => lambda.close());
    const apigateway = createApiGateway(host, { dispatch, permissions, logs: logs.sink, ...(port && { port }) });
    closers.push(() => apigateway.close());

    const services = [
      iam,
      sts,
      logs,
      eventbridge,
      scheduler,
      sns,
      ssm,
      secretsManager,
      cloudwatch,
      dynamodb,
      route53,
      route53Domains,
      acm,
      ec2,
      elbv2,
      s3,
      cloudfront,
      cloudformation,
      states,
      lambda,
      apigateway,
    ];
    const away: Record<string, Service> = {
      iam: otherIam.service,
      sts: sts.service,
      route53: otherRoute53.service,
      route53domains: otherDomains.service,
    };
    const inBoth = (service: Service): Service => {
      const standing = away[service.name];
      return eachAccount({ [ACCOUNT]: service, ...(standing && { [OTHER_ACCOUNT]: standing }) }, service);
    };
    const lags = new Lags(host, host.lagShare ?? 0);
    const front = await startFront({
      host,
      services: services
        .map(({ service }) => service)
        .map(inBoth)
        .map((service) => lags.over(service)),
      permissions,
      faults,
      calls,
      kill: (caller) => lambda.killCaller(caller),
      rest: (caller, letGo) => lambda.restCaller(caller, letGo),
      inside: createInspection(host, { calls, faults, provider: names.otherProvider }),
      ...(port && { port: port + 1 }),
    });
    closers.push(() => front.close());
    endpoint = front.url;
    dispatchLater = front.dispatch;

    const outputs: Record<string, string> = {};
    const deployed = new Map<string, DeployedStack>();
    const deployAssembly = async (folder: string): Promise<void> => {
      for (const stack of readAssembly(folder, { account: ACCOUNT, region })) {
        const before = deployed.get(stack.name);
        const made = await deploy(stack, host, { dispatch, publish: lambda.publish, ...(before && { before }) });
        deployed.set(stack.name, made);
        Object.assign(outputs, made.outputs);
        const described = Object.entries(made.outputs).map(([key, value]) => {
          return { key, value, description: stack.template.Outputs?.[key]?.Description };
        });
        cloudformation.stacks.deployed({ name: stack.name, id: made.id, outputs: described }, clock.now());
      }
    };
    await deployAssembly(assembly);
    const [api, ...others] = apigateway.endpoints();
    if (!api || others.length > 0) throw new Error('Cannot serve the API: the assembly must have exactly one');
    const dns = await startDnsFront({ resolver: names.resolver, ...(port && { port: port + 2 }) });
    closers.push(() => dns.close());
    const proxy = await startProxy({
      internet,
      clock,
      resolve: (name, type) => names.resolver.resolve(name, type),
      ...(port && { port: port + 3 }),
    });
    closers.push(() => proxy.close());

    return {
      /** The endpoint of every AWS service. */
      url: front.url,
      /** The deployed HTTP API. */
      apiUrl: api.url,
      dns: `127.0.0.1:${dns.port}`,
      proxy: `http://127.0.0.1:${proxy.port}`,
      /** The certificate authority to trust. */
      caPem: authority.rootPem,
      /** It issues in code what a public authority would, for servers and secrets. */
      authority,
      region,
      account: ACCOUNT,
      otherAccount: OTHER_ACCOUNT,
      speed,
      seed,
      clock,
      draws,
      internet,
      registrar: names.registrar,
      /** The domains that the account has registered with Route 53. */
      domains: route53Domains.domains,
      /** The registry of "test" as RDAP tells of it. */
      rdap,
      otherProvider: names.otherProvider,
      dispatch,
      calls,
      faults,
      outputs,
      /** Updates the stacks to those of another assembly, while everything runs. */
      deploy: deployAssembly,
      events: { faults: eventbridge.faults, log: eventbridge.log },
      acm,
      ec2,
      elbv2,
      cloudfront,
      lambda,
      /** Every invocation that a schedule has tried. */
      schedules: { fired: scheduler.fired },
      sns,
      states,
      close,
    };
  } catch (error) {
    await close();
    throw portTaken(error, port);
  }
}

const registrarOptions = (options: LocalAwsOptions): Parameters<typeof createNames>[2] =>
  'delegatesAfterSeconds' in options ? { delegatesAfterSeconds: options.delegatesAfterSeconds } : {};

/** AWS_ENDPOINT_URL_S3 and the like: one service elsewhere. */
const endpointsElsewhere = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => /^AWS_ENDPOINT_URL_\w+$/.test(entry[0])),
  );
