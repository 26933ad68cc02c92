import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { readListenerSettings } from '../../aws/load-balancers/listener-settings.ts';
import { changeToRedirect, createRedirectListener } from '../../aws/load-balancers/listeners.ts';
import { tagResource } from '../../aws/load-balancers/resource-tags.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { awaitTags } from '../eventual-consistency.ts';
import type { Applying } from '../resource.ts';
import { type DesiredHttp, httpListener, type SeenHttp } from './http-listener.ts';
import { TYPE } from './names.ts';
import { notYetReturned } from './not-yet-returned.ts';
import { loadBalancerOf } from './secure-changes.ts';

/** The message where no listener on port 80 is declared. */
const REJECTED = {
  none: 'Nothing listens on port 80, as declared',
  ours: 'Port 80 is closed when the site has been seen to work, as declared: its listener is released',
};

/** Creates the listener that redirects to HTTPS, or makes sure that nothing else answers on port 80. */
export const prepareHttpListener: Applying<DesiredHttp, SeenHttp> = {
  standing: ([desired], { listener }) => (desired?.http === 'redirect' && listener ? [made(listener.arn)] : []),

  checkComplete({ listener }, { scope, previous, revision }) {
    const at = { what: 'the listener on port 80', previous, revision, now: scope.now };
    if (listener) awaitTags(listener.tags, at);
  },

  async apply({ verb }, { listener, ...actual }, { scope, keep }) {
    const elb = client(ElasticLoadBalancingV2Client);
    const tags = ownerTags(scope.owner);
    if (!listener) {
      const arn = await createRedirectListener(elb, { loadBalancerArn: loadBalancerOf(scope), tags });
      const created = { arn, port: 80, protocol: 'HTTP', forwards: [], redirects: true, tags };
      return { actual: { ...actual, listener: created }, message: REDIRECTED };
    }
    // What is adopted is written down before it is changed, and tagged first: an undo finds it from then on.
    if (verb === 'adopt') {
      const before = { tags: listener.tags, settings: await readListenerSettings(elb, listener.arn) };
      await keep({ ...made(listener.arn), before });
      await tagResource(elb, { arn: listener.arn, tags });
    }
    await changeToRedirect(elb, listener.arn);
    const changed = { ...listener, forwards: [], redirects: true, tags: { ...listener.tags, ...tags } };
    return { actual: { ...actual, listener: changed }, message: REDIRECTED };
  },

  outcome({ listener }, { scope }) {
    const [desired] = httpListener.desired(scope);
    return { message: desired?.http === 'reject' ? REJECTED[listener ? 'ours' : 'none'] : REDIRECTED };
  },

  explain: notYetReturned,
};

const REDIRECTED = 'Port 80 sends viewers to https for good (301)';

function made(id: string): Made {
  return { type: TYPE, id, ours: true, detail: 'HTTP 80, 301 to https' };
}
