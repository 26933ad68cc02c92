import type { Connection } from '../../../internet/internet.ts';
import type { Elb } from '../elb.ts';
import { checkTargetsOf } from '../target-groups/checks.ts';
import { isHealthy, isSteady, isUniform } from '../target-groups/route-health.ts';
import { serveConnection } from '../traffic/connection.ts';
import { addressesOf, type LoadBalancer, listenersOf, type Node } from './load-balancer.ts';
import type { Place } from './placement.ts';

/** Until a new load balancer is active. Estimated from public logs; checked 2026-11-22. */
const PROVISIONING_SECONDS = { min: 140, max: 190 };

/** Gives the load balancer a node in a subnet: its addresses are there, nothing listens yet. */
export function attachNode(elb: Elb, loadBalancer: LoadBalancer, { subnetId, zone }: Place): void {
  const addresses = elb.network.attach({
    region: loadBalancer.region.name,
    subnetId,
    groupIds: loadBalancer.groupIds,
    description: `ELB ${loadBalancer.path}`,
    public: loadBalancer.scheme === 'internet-facing',
    ipv6: loadBalancer.ipAddressType === 'dualstack',
  });
  loadBalancer.nodes.push({ subnetId, zone, addresses });
}

/** Takes a node away with its addresses. */
export function detachNode(elb: Elb, loadBalancer: LoadBalancer, node: Node): void {
  loadBalancer.nodes = loadBalancer.nodes.filter((other) => other !== node);
  listen(elb, loadBalancer);
  elb.network.detach(loadBalancer.region.name, node.addresses.interfaceId);
}

// How long the interfaces of a load balancer outlive it, in seconds. Source: issue threads about "has a dependent object" after
// a load balancer was deleted, which tell of minutes; checked 2026-11-29.
const INTERFACES_LEFT = { short: { min: 5, max: 20 }, long: { min: 30, max: 300 } };

/** Stops listening at once. The interfaces stay in their subnets and groups until ELB has cleaned up. */
export function leaveInterfaces(elb: Elb, loadBalancer: LoadBalancer): void {
  const { clock, draws, lagShare = 0 } = elb.host;
  const { region, arn, nodes } = loadBalancer;
  loadBalancer.nodes = [];
  listen(elb, loadBalancer);
  const bounds = lagShare > 0 ? INTERFACES_LEFT.long : INTERFACES_LEFT.short;
  const seconds = draws.seconds('elasticloadbalancing:interfaces', arn, bounds);
  clock.after(seconds * 1000, () => {
    for (const { addresses } of nodes) elb.network.detach(region.name, addresses.interfaceId);
  });
}

/** Makes the name known; it resolves from the creation on, while nothing answers yet. */
export function register(elb: Elb, loadBalancer: LoadBalancer): void {
  const { dnsName, zoneId } = loadBalancer;
  elb.awsNames.set(dnsName, {
    zoneId,
    a: () =>
      loadBalancer.nodes.map(({ addresses: { publicAddress, privateAddress } }) => publicAddress ?? privateAddress),
    aaaa: () => loadBalancer.nodes.flatMap(({ addresses: { ipv6Address } }) => ipv6Address ?? []),
    healthy: () => isHealthy(elb, loadBalancer),
  });
}

/** Makes the load balancer active, listening and checking its targets, once AWS would have. */
export function openWhenProvisioned(elb: Elb, loadBalancer: LoadBalancer): void {
  const { clock, draws } = elb.host;
  const seconds = draws.seconds('elasticloadbalancing:active', loadBalancer.arn, PROVISIONING_SECONDS);
  loadBalancer.provisioning = clock.after(seconds * 1000, () => {
    loadBalancer.state = 'active';
    listen(elb, loadBalancer);
    checkTargetsOf(elb, loadBalancer);
  });
}

/** Listens on every listener's port at every address, and nowhere else. */
export function listen(elb: Elb, loadBalancer: LoadBalancer): void {
  const wanted = new Map<string, () => () => void>();
  if (loadBalancer.state === 'active') {
    for (const node of loadBalancer.nodes) {
      for (const address of addressesOf(node)) {
        for (const listener of listenersOf(loadBalancer)) {
          const accept = (connection: Connection) => serveConnection(elb, { listener, node, connection });
          wanted.set(`${address} ${listener.port} ${listener.arn}`, () =>
            elb.internet.listen({ address, port: listener.port }, accept, {
              steady: () => isSteady(elb, loadBalancer),
              uniform: () => isUniform(elb, loadBalancer),
            }),
          );
        }
      }
    }
  }
  for (const [key, stop] of loadBalancer.listening) {
    if (wanted.has(key)) continue;
    stop();
    loadBalancer.listening.delete(key);
  }
  for (const [key, start] of wanted) {
    if (!loadBalancer.listening.has(key)) loadBalancer.listening.set(key, start());
  }
}
