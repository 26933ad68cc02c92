import type { CreateTargetGroupInput, ModifyTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { invalid, notHere } from '../errors.ts';

/** How targets are checked. */
export interface HealthCheck {
  protocol: 'HTTP' | 'HTTPS';
  /** A port's number, or "traffic-port": each target's own. */
  port: string;
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** "200", "200,202", "200-299" */
  matcher: string;
}

// Source: ELB API reference, CreateTargetGroup; Application Load Balancers User Guide, "Health check settings"; checked
// 2026-11-22.
const DEFAULT: HealthCheck = {
  protocol: 'HTTP',
  port: 'traffic-port',
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};
const CODES = [200, 499] as const;

/** The settings that a request comes to, on top of `before`. Throws `ValidationError` when they can't be. */
export function readHealthCheck(
  input: CreateTargetGroupInput | ModifyTargetGroupInput,
  before: HealthCheck = DEFAULT,
): HealthCheck {
  if (input.HealthCheckEnabled === false) {
    throw invalid(`Health check enabled must be true for target groups with target type 'instance'`);
  }
  const check: HealthCheck = {
    protocol: checkedProtocol(input.HealthCheckProtocol ?? before.protocol),
    port: checkedPort(input.HealthCheckPort ?? before.port),
    path: checkedPath(input.HealthCheckPath ?? before.path),
    intervalSeconds: input.HealthCheckIntervalSeconds ?? before.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? before.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? before.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? before.unhealthyThreshold,
    matcher: checkedMatcher(input.Matcher, before.matcher),
  };
  if (check.timeoutSeconds >= check.intervalSeconds) {
    throw invalid(
      `Health check timeout '${check.timeoutSeconds}' must be smaller than the interval '${check.intervalSeconds}'`,
    );
  }
  return check;
}

/** Whether a status is one of a matcher's. */
export const matches = (matcher: string, status: number): boolean =>
  rangesOf(matcher).some(([from, to]) => from <= status && status <= to);

const rangesOf = (matcher: string): [number, number][] =>
  matcher.split(',').map((part) => {
    const [from = '', to = from] = part.split('-');
    return [Number(from), Number(to)];
  });

function checkedProtocol(protocol: string): HealthCheck['protocol'] {
  if (protocol === 'HTTP' || protocol === 'HTTPS') return protocol;
  throw invalid(`Health check protocol '${protocol}' must be one of 'HTTP, HTTPS'`);
}

function checkedPort(port: string): string {
  if (port === 'traffic-port' || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) return port;
  throw invalid(`Health check port '${port}' must be 'traffic-port' or in the range 1-65535`);
}

function checkedPath(path: string): string {
  if (/^\/[!-~]*$/.test(path)) return path;
  throw invalid(
    `Health check path '${path}' must begin with a '/' character, and be no more than 1024 characters long`,
  );
}

function checkedMatcher(
  matcher: { HttpCode?: string | undefined; GrpcCode?: string | undefined } | undefined,
  before: string,
): string {
  if (matcher?.GrpcCode !== undefined) throw notHere('A matcher of gRPC codes');
  const codes = matcher?.HttpCode ?? before;
  const wellFormed = /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/.test(codes);
  if (wellFormed && rangesOf(codes).every(([from, to]) => CODES[0] <= from && from <= to && to <= CODES[1]))
    return codes;
  throw invalid(`Health check matcher HTTP code '${codes}' must be within '200-499' inclusive`);
}
