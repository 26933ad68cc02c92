import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, together, well } from '../outcome.ts';
import { answered, type EndpointSeen, type PageSeen, type Seen } from '../seen.ts';

/** Answers by which a WebSocket server says that it wants an upgrade. Source: RFC 9110, section 15.5.22; RFC 6455, 4.4. */
function wantsUpgrade({ status, headers, body }: PageSeen): boolean {
  if (status === 426) return true;
  if (/websocket/i.test(headers['upgrade'] ?? '')) return true;
  return status === 400 && /websocket|upgrade/i.test(body);
}

/**
 * Whether a WebSocket upgrade passes. Judged where the caller names a WebSocket path, or where the front page itself
 * asks for an upgrade.
 */
export const webSocket: Check = (seen) => together(seen.endpoints.map((endpoint) => outcomeOf(endpoint, seen)));

function outcomeOf({ address, secure }: EndpointSeen, { name, webSocketPath }: Seen): ReturnType<Check> {
  if (!answered(secure) || secure.upgrade === undefined) return outcome();
  const { page, upgrade } = secure;
  const url = `wss://${name}${webSocketPath ?? '/'}`;
  if (!('stage' in upgrade) && upgrade.status === 101)
    return outcome({ passed: [well(`${url} is upgraded`, address)] });
  const declared = webSocketPath !== undefined || (!('stage' in page) && wantsUpgrade(page));
  if (!declared) return outcome();
  const seenThere = 'stage' in upgrade ? upgrade.failure : String(upgrade.status);
  const evidence = [`${address}: ${url} answers the upgrade with ${seenThere}`];
  return outcome({ findings: [failed(upgrade, { url, evidence, at: address })] });
}

function failed(
  upgrade: PageSeen | { failure: string },
  { url, ...rest }: { url: string; evidence: string[]; at: string },
): Finding {
  if (!('status' in upgrade))
    return finding('webSocketFails', { message: `"${url}" gives no answer to an upgrade`, ...rest });
  const { status } = upgrade;
  if (status === 404) {
    const message = `"${url}" answers an upgrade with 404: it arrives as an ordinary GET, or the path is wrong`;
    return finding('webSocketNotFound', { message, ...rest });
  }
  if (status === 400 || status === 426) {
    const message = `"${url}" answers an upgrade with ${status}: the application expects one, and a proxy drops Upgrade or Connection`;
    return finding('webSocketBadRequest', { message, ...rest });
  }
  if (status === 401 || status === 403) {
    const message = `"${url}" refuses the upgrade with ${status}`;
    return finding('webSocketRefused', { message, ...rest });
  }
  if (status < 300) {
    const message = `"${url}" answers an upgrade with an ordinary page (${status})`;
    return finding('webSocketIgnored', { message, ...rest });
  }
  return finding('webSocketFails', { message: `"${url}" answers an upgrade with ${status}`, ...rest });
}
