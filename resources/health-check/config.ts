import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import type { HealthCheckSettings } from '../../domain/failover/health-check.ts';

/** A health check as it is to be. One without an IP address asks what its name leads to, over IPv4. */
export function configOf({
  originName,
  type,
  port,
  path,
  intervalSeconds,
  failures,
}: HealthCheckSettings): HealthCheckConfig {
  return {
    Type: type,
    FullyQualifiedDomainName: originName,
    Port: port,
    ResourcePath: path,
    RequestInterval: intervalSeconds,
    FailureThreshold: failures,
    EnableSNI: type === 'HTTPS',
    // Disabled is healthy, whatever is found (failures R25).
    Disabled: false,
    Inverted: false,
  };
}

/** What a health check asks and when it counts as failed; undefined of another kind of check. */
export function settingsOf(config: HealthCheckConfig): HealthCheckSettings | undefined {
  const { Type: type, FullyQualifiedDomainName: originName = '', Port, ResourcePath = '/', IPAddress } = config;
  if ((type !== 'HTTP' && type !== 'HTTPS') || IPAddress) return undefined;
  return {
    originName,
    type,
    port: Port ?? (type === 'HTTPS' ? 443 : 80),
    path: ResourcePath === '' ? '/' : ResourcePath,
    intervalSeconds: config.RequestInterval ?? 30,
    failures: config.FailureThreshold ?? 3,
  };
}

/** Settings that can be changed, as plans tell them. */
const CHANGEABLE = {
  FullyQualifiedDomainName: (value: unknown) => `ask "${value}"`,
  Port: (value: unknown) => `ask on port ${value}`,
  ResourcePath: (value: unknown) => `ask for "${value}"`,
  FailureThreshold: (value: unknown) => `fail after ${value} failed checks in a row`,
  EnableSNI: (value: unknown) => (value === true ? 'say which name it asks for (SNI)' : 'say no name by SNI'),
  Disabled: () => 'check again, as a disabled one counts as healthy',
  Inverted: () => 'count success as healthy again',
} as const satisfies Partial<Record<keyof HealthCheckConfig, (value: unknown) => string>>;

type Changeable = keyof typeof CHANGEABLE;

interface Differences {
  before: Partial<Pick<HealthCheckConfig, Changeable>>;
  after: Partial<Pick<HealthCheckConfig, Changeable>>;
  words: string[];
}

/** The settings in which a health check is not as it is to be. */
export function differences(config: HealthCheckConfig, wanted: HealthCheckConfig): Differences {
  const keys = (Object.keys(CHANGEABLE) as Changeable[]).filter(
    (key) => settingIn(config, key) !== settingIn(wanted, key),
  );
  const only = (from: HealthCheckConfig) => Object.fromEntries(keys.map((key) => [key, settingIn(from, key)]));
  return {
    before: only(config),
    after: only(wanted),
    words: keys.map((key) => CHANGEABLE[key](settingIn(wanted, key))),
  };
}

function settingIn(config: HealthCheckConfig, key: Changeable): unknown {
  return config[key] ?? DEFAULTS[key];
}

/** What Route 53 leaves out of its answers. */
const DEFAULTS: Partial<Record<Changeable, unknown>> = {
  ResourcePath: '/',
  FailureThreshold: 3,
  Disabled: false,
  Inverted: false,
};
