import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect as connectTls } from 'node:tls';
import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Endpoint, silence } from '../../../internet/internet.ts';
import type { Elb } from '../elb.ts';
import { type HealthCheck, matches } from './health-check.ts';

const unhealthy = (Reason: NonNullable<TargetHealth['Reason']>, Description: string): TargetHealth => ({
  State: 'unhealthy',
  Reason,
  Description,
});

interface Asking {
  from: string;
  to: Endpoint;
  settings: HealthCheck;
  /** Whether the routes of the node lead there. */
  routed: boolean;
}

/** One health check over the small internet. Answers what is wrong, or undefined. Without a route its packets are dropped. */
export async function probe(elb: Elb, { from, to, settings, routed }: Asking): Promise<TargetHealth | undefined> {
  const limit = new AbortController();
  const timer = elb.host.clock.after(settings.timeoutSeconds * 1000, () => limit.abort());
  try {
    const status = await ask(elb, { from, to, settings, routed, signal: limit.signal });
    if (matches(settings.matcher, status)) return undefined;
    return unhealthy('Target.ResponseCodeMismatch', `Health checks failed with these codes: [${status}]`);
  } catch {
    // Whatever kept the answer away, refused or broken: for the load balancer it is one of two.
    if (limit.signal.aborted) return unhealthy('Target.Timeout', 'Request timed out');
    return unhealthy('Target.FailedHealthChecks', 'Health checks failed');
  } finally {
    timer.cancel();
  }
}

async function ask(
  elb: Elb,
  { from, to, settings, routed, signal }: Asking & { signal: AbortSignal },
): Promise<number> {
  const connection = routed ? await elb.internet.connect(from, to, { signal }) : await silence(signal);
  signal.addEventListener('abort', () => connection.destroy(), { once: true });
  const socket =
    settings.protocol === 'HTTPS' ? connectTls({ socket: connection, rejectUnauthorized: false }) : connection;
  try {
    const asked = request({
      createConnection: () => socket,
      path: settings.path,
      headers: {
        Host: `${to.address}:${to.port}`,
        Connection: 'close',
        'User-Agent': 'ELB-HealthChecker/2.0',
        'Accept-Encoding': 'gzip, compressed',
      },
    }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 0;
  } finally {
    socket.destroy();
  }
}
