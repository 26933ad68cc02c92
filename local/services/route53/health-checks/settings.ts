import { isIP } from 'node:net';
import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import { AwsError } from '../../../wire/service.ts';
import { isRoutable } from '../../cloudfront/origin/routable.ts';
import { invalidInput } from '../errors.ts';
import { probes, type Settings } from './health-check.ts';

// Source: Route 53 API Reference, "HealthCheckConfig", and the model of the SDK; checked 2026-11-30.
const MAX_CHILDREN = 255;
const INTERVALS = [10, 30];
const DEFAULT_INTERVAL_SECONDS = 30;
const DEFAULT_THRESHOLD = 3;

type Check = (config: HealthCheckConfig) => AwsError | string | undefined;

const CHECKS: Check[] = [
  ({ Regions: regions = [] }) =>
    new Set(regions).size < regions.length ? 'Duplicate regions are not allowed.' : undefined,
  ({ Type: type }) =>
    type === 'RECOVERY_CONTROL' ? 'The local AWS has no routing controls that a health check could follow.' : undefined,
  ({ RequestInterval: seconds }) =>
    seconds === undefined || INTERVALS.includes(seconds) ? undefined : 'Request interval must be either 10 or 30.',
  // A URL is no name. The words are not published.
  ({ FullyQualifiedDomainName: name }) =>
    name && !/^[\w*.-]+$/.test(name) && isIP(name) === 0 ? `Invalid fully qualified domain name: ${name}` : undefined,
  ({ IPAddress: address }) => (address && isIP(address) === 0 ? `Invalid IP address: ${address}` : undefined),
  ({ IPAddress: address }) =>
    address && !isRoutable(address) ? `Invalid IP address: ${address} is forbidden.` : undefined,
  basicHasNothingElse,
  basicHasItsOwn,
  calculatedHasNothingElse,
  calculatedHasItsOwn,
  alarmHasNothingElse,
  alarmHasItsOwn,
];

/** Throws what Route 53 answers for a configuration that is none; the first thing that is wrong is the answer. */
export function checkSettings(config: HealthCheckConfig): void {
  for (const check of CHECKS) {
    const wrong = check(config);
    if (wrong !== undefined) throw wrong instanceof AwsError ? wrong : invalidInput(wrong);
  }
}

/** The configuration as it is kept and shown. */
export function withDefaults(config: HealthCheckConfig): Settings {
  const given = Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== undefined && value !== ''),
  ) as HealthCheckConfig;
  const type = config.Type ?? 'HTTP';
  const always = { Inverted: false, Disabled: false };
  if (type === 'CALCULATED') return { ...always, ChildHealthChecks: [], ...given, Type: type };
  if (type === 'CLOUDWATCH_METRIC') {
    return { ...always, InsufficientDataHealthStatus: 'LastKnownStatus', ...given, Type: type };
  }
  return {
    ...always,
    MeasureLatency: false,
    RequestInterval: DEFAULT_INTERVAL_SECONDS,
    FailureThreshold: DEFAULT_THRESHOLD,
    EnableSNI: isHttps(type),
    ...(type !== 'TCP' && { Port: isHttps(type) ? 443 : 80 }),
    ...given,
    Type: type,
  };
}

const isHttps = (type: string): boolean => type.startsWith('HTTPS');

function basicHasNothingElse(config: HealthCheckConfig): string | undefined {
  if (!probes(config.Type ?? '')) return undefined;
  // AWS's own words, its article included. Source: github.com/aws/aws-sdk-php issue 1528; checked 2026-11-30.
  if (config.AlarmIdentifier)
    return 'Invalid parameter : Basic health checks must not have an metric region specified.';
  if (config.InsufficientDataHealthStatus) {
    return 'Basic health checks must not have an insufficient data health state specified.';
  }
  if (config.HealthThreshold !== undefined) return 'Basic health checks must not have a health threshold specified.';
  if (config.ChildHealthChecks?.length) return 'Basic health checks must not have child health checks specified.';
  return undefined;
}

function basicHasItsOwn(config: HealthCheckConfig): string | undefined {
  const { Type: type = '', IPAddress: address, FullyQualifiedDomainName: name } = config;
  if (!probes(type)) return undefined;
  if (!address && !name)
    return 'Basic health checks must have an IP address or a fully qualified domain name specified.';
  const matches = type.endsWith('_STR_MATCH');
  if (matches && !config.SearchString) return `${type} health checks must have a search string specified.`;
  if (!matches && config.SearchString) return `${type} health checks must not have a search string specified.`;
  if (type !== 'TCP') return undefined;
  if (config.ResourcePath) return 'TCP health checks must not have a resource path specified.';
  // Source: github.com/aws/aws-sdk-php issue 1527; checked 2026-11-30.
  if (address && name) {
    return 'TCP health checks that have IP address must not have a fully qualified domain name specified.';
  }
  return config.Port === undefined ? 'TCP health checks must have a port specified.' : undefined;
}

/** What only a check of an endpoint has, as messages name it. */
const OF_ENDPOINTS = {
  IPAddress: 'an IP address',
  Port: 'a port',
  ResourcePath: 'a resource path',
  FullyQualifiedDomainName: 'a fully qualified domain name',
  SearchString: 'a search string',
  RequestInterval: 'a request interval',
  FailureThreshold: 'a failure threshold',
  MeasureLatency: 'latency measurement',
  EnableSNI: 'SNI',
  Regions: 'regions',
} as const;

function hasOfEndpoints(config: HealthCheckConfig): string | undefined {
  const found = Object.entries(OF_ENDPOINTS).find(([name]) => {
    const value = config[name as keyof typeof OF_ENDPOINTS];
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  });
  return found?.[1];
}

function calculatedHasNothingElse(config: HealthCheckConfig): string | undefined {
  if (config.Type !== 'CALCULATED') return undefined;
  const found = config.AlarmIdentifier ? 'an metric region' : hasOfEndpoints(config);
  return found && `Calculated health checks must not have ${found} specified.`;
}

function calculatedHasItsOwn({ Type, HealthThreshold, ChildHealthChecks = [] }: HealthCheckConfig): string | undefined {
  if (Type !== 'CALCULATED') return undefined;
  if (HealthThreshold === undefined) return 'Calculated health checks must have a health threshold specified.';
  if (ChildHealthChecks.length > MAX_CHILDREN) {
    return `Calculated health checks must not have more than ${MAX_CHILDREN} child health checks.`;
  }
  return new Set(ChildHealthChecks).size < ChildHealthChecks.length
    ? 'Duplicate child health checks are not allowed.'
    : undefined;
}

function alarmHasNothingElse(config: HealthCheckConfig): string | undefined {
  if (config.Type !== 'CLOUDWATCH_METRIC') return undefined;
  const calculated = config.HealthThreshold !== undefined || config.ChildHealthChecks?.length;
  const found = calculated ? 'child health checks' : hasOfEndpoints(config);
  return found && `CloudWatch metric health checks must not have ${found} specified.`;
}

function alarmHasItsOwn({ Type, AlarmIdentifier: alarm }: HealthCheckConfig): string | undefined {
  if (Type !== 'CLOUDWATCH_METRIC' || (alarm?.Name && alarm.Region)) return undefined;
  return 'CloudWatch metric health checks must have an alarm name and region specified.';
}
