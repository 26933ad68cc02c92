import type { ModifyListenerInput, ModifyListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { findListener } from '../find.ts';
import { listenersOf } from '../load-balancers/load-balancer.ts';
import { listen } from '../load-balancers/nodes.ts';
import { onOne } from '../permissions.ts';
import { shownListener } from './listener.ts';
import { forgetRoutes, routesOf } from './routes.ts';
import { readSettings } from './settings.ts';
import { release } from './use-certificate.ts';

/** Changes a listener; what isn't named stays. A new default certificate leaves the others as they are. */
export function modifyListener(elb: Elb): Operation<ModifyListenerInput, ModifyListenerOutput> {
  return {
    ...onOne(elb, ({ ListenerArn }) => ListenerArn),
    conditions: ({ Protocol, SslPolicy }) => ({
      'elasticloadbalancing:ListenerProtocol': Protocol === undefined ? [] : [Protocol],
      'elasticloadbalancing:SecurityPolicy': SslPolicy === undefined ? [] : [SslPolicy],
    }),
    run(input, call) {
      const listener = findListener(elb.region(call.region), input.ListenerArn);
      const { loadBalancer } = listener;
      const protocol = input.Protocol ?? listener.protocol;
      const stays = protocol === 'HTTPS';
      const [defaultArn, ...others] = listener.certificateArns;
      const settings = readSettings(elb, loadBalancer, {
        ...input,
        Port: input.Port ?? listener.port,
        Protocol: protocol,
        SslPolicy: input.SslPolicy ?? (stays ? listener.sslPolicy : undefined),
        Certificates:
          input.Certificates ?? (stays && defaultArn !== undefined ? [{ CertificateArn: defaultArn }] : undefined),
        Actions: input.DefaultActions ?? listener.rules.at(-1)?.actions,
      });
      if (listenersOf(loadBalancer).some((other) => other !== listener && other.port === settings.port)) {
        throw new AwsError('DuplicateListener', 'A listener already exists on this port for this load balancer');
      }
      const { certificateArn, actions, ...rest } = settings;
      const routes = routesOf(listener);
      Object.assign(listener, rest);
      listener.certificateArns = certificateArn === undefined ? [] : [certificateArn, ...others];
      const last = listener.rules.at(-1);
      if (last) last.actions = actions;
      if (certificateArn !== undefined) elb.certificates.use(certificateArn, loadBalancer.arn);
      if (defaultArn !== undefined) release(elb, loadBalancer, defaultArn);
      listen(elb, loadBalancer);
      forgetRoutes(elb, loadBalancer, routes);
      return { Listeners: [shownListener(listener)] };
    },
  };
}
