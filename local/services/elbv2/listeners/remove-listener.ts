import type { DeleteListenerInput, DeleteListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { findListener } from '../find.ts';
import { listen } from '../load-balancers/nodes.ts';
import { onOne } from '../permissions.ts';
import { closeConnections } from '../traffic/open-connections.ts';
import type { Listener } from './listener.ts';
import { forgetRoutes, routesOf } from './routes.ts';
import { release } from './use-certificate.ts';

/** Deletes a listener with its rules. */
export function deleteListener(elb: Elb): Operation<DeleteListenerInput, DeleteListenerOutput> {
  return {
    ...onOne(elb, ({ ListenerArn }) => ListenerArn),
    run({ ListenerArn }, call) {
      removeListener(elb, findListener(elb.region(call.region), ListenerArn));
      return {};
    },
  };
}

/** Takes a listener and its rules away: nobody gets in any more, who is in is put out. */
export function removeListener(elb: Elb, listener: Listener): void {
  const { region, loadBalancer, arn, rules } = listener;
  const routes = routesOf(listener);
  region.listeners.delete(arn);
  for (const it of [arn, ...rules.map((rule) => rule.arn)]) region.tags.forget(it);
  for (const certificateArn of listener.certificateArns) release(elb, loadBalancer, certificateArn);
  listen(elb, loadBalancer);
  closeConnections(listener);
  forgetRoutes(elb, loadBalancer, routes);
}
