import { isIPv6 } from 'node:net';
import { setTimeout as onTheWall } from 'node:timers/promises';
import { PERSON } from '../local/internet/proxy.ts';
import type { LocalAws } from '../local/local-aws.ts';
import { RememberedAddresses } from './remembered-addresses.ts';
import type { Answer, Viewer } from './viewer.ts';

/** While anything is at work AWS time passes as on the wall: a look each 50 ms of both. */
const AT_WORK_MS = 50;

/** So long after a change in the account as well, of AWS time. */
const AFTERWARDS_MS = 1_000;

/** While nothing but time passes. */
const WAITING_MS = 2_000;

const CHANGING = new Set(['acm', 'cloudfront', 'ec2', 'elasticloadbalancing', 'route53']);

/** What a viewer who never stops asking has seen. */
export interface ConstantlySeen {
  /** How often it has asked. */
  looks: number;
  /** "https://shop.example.test at 203.0.113.2, 40 ms after route53:ChangeResourceRecordSets: 503", one for each answer that is not right. */
  failures: string[];
}

interface Watching {
  aws: LocalAws;
  viewer: Pick<Viewer, 'https'>;
  /** Default: status 200. */
  isRight?: ((answer: Answer) => boolean) | undefined;
}

/**
 * Lets AWS time pass until no execution runs, while a viewer asks for the names by turns at each address that some resolver may
 * remember, over IPv4 and, where a name has an address of it at the beginning, over IPv6: every 50 ms while anything is at work and for a second after each change in the account, every 2 s while all
 * waits, and after all that happens by itself. An answer that is not right is a failure.
 */
export async function watchConstantly(
  names: readonly string[],
  { aws, viewer, isRight = ({ status }) => status === 200 }: Watching,
): Promise<ConstantlySeen> {
  const { clock } = aws;
  const addresses = new RememberedAddresses(aws);
  const withIpv6 = new Set<string>();
  for (const name of names) if ((await addresses.of(name, 'AAAA')).length > 0) withIpv6.add(name);
  const failures: string[] = [];
  let mark = aws.calls.mark();
  let looks = 0;
  let changed = { call: 'the beginning', at: 0 };
  const lookForChange = () => {
    const calls = aws.calls.since(mark).filter(({ service, mutating }) => mutating && CHANGING.has(service));
    mark = aws.calls.mark();
    const last = calls.at(-1);
    if (last) changed = { call: `${last.service}:${last.operation}`, at: last.at.getTime() + last.ms };
  };
  const ask = async () => {
    lookForChange();
    const turn = looks++;
    const name = names[turn % names.length] ?? '';
    const round = Math.floor(turn / names.length);
    const known = await addresses.of(name, round % 2 === 1 && withIpv6.has(name) ? 'AAAA' : 'A');
    const at = known[Math.floor(round / 2) % known.length];
    const said = at === undefined ? 'it has no address' : await answered(name, at);
    if (said !== undefined) {
      const since = clock.now().getTime() - changed.at;
      failures.push(`https://${name} at ${at}, ${since} ms after ${changed.call}: ${said}`);
    }
  };
  const answered = async (name: string, at: string): Promise<string | undefined> => {
    // What stays silent would stop the clock.
    const reach = aws.internet.reach(isIPv6(at) ? PERSON.ipv6 : PERSON.ipv4, { address: at, port: 443 });
    if (reach !== 'open') return reach;
    return viewer.https(name, { at }).then(
      (answer) => (isRight(answer) ? undefined : `${answer.status}`),
      (error: Error) => error.message,
    );
  };

  let goesOn = true;
  const atWork = async () => {
    while (goesOn) {
      await onTheWall(AT_WORK_MS);
      if (goesOn) await ask();
    }
  };
  const beside = atWork();
  let next: { cancel(): void } | undefined;
  const lookAgain = () => {
    const isRecent = clock.now().getTime() - changed.at < AFTERWARDS_MS;
    next?.cancel();
    next = clock.after(isRecent ? AT_WORK_MS : WAITING_MS, () => {});
  };
  try {
    await clock.until(
      async () => {
        await ask();
        lookAgain();
        return aws.states.running().length === 0;
      },
      { limitMs: 40 * 24 * 3_600_000 },
    );
  } finally {
    goesOn = false;
    next?.cancel();
    await beside;
  }
  return { looks, failures };
}
