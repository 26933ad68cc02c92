import { listed } from '../../listed.ts';
import { type Finding, finding } from '../finding.ts';
import { type Check, outcome, well } from '../outcome.ts';
import { answered, type EndpointSeen } from '../seen.ts';
import { judged } from './reach.ts';

/** Whether all addresses of the name give the same answers: one that is out of step is met by some viewers only. */
export const agreement: Check = (seen) => {
  const looked = judged(seen);
  if (looked.length < 2) return outcome();
  const findings = [answers(looked), certificates(looked)].filter((found) => found !== undefined);
  if (findings.length > 0) return outcome({ findings });
  return outcome({ passed: [well(`the ${looked.length} addresses give the same answers`)] });
};

function answers(looked: readonly EndpointSeen[]): Finding | undefined {
  const groups = grouped(looked, answerOf);
  if (groups.length < 2) return undefined;
  return finding('answersDiffer', {
    message: 'The addresses of the name give different answers: some viewers get another page than others',
    evidence: groups.map(([answer, at]) => `${listed(at)}: ${answer}`),
  });
}

/** What a viewer gets there, as far as it is comparable: pages of one class are alike, times and ids are not compared. */
function answerOf({ secure, plain }: EndpointSeen): string {
  const https = !answered(secure)
    ? `no https (${secure.failure})`
    : 'stage' in secure.page
      ? `https without a page (${secure.page.failure})`
      : `https answers ${secure.page.status}`;
  const http = answered(plain) ? `http answers ${plain.page.status}` : 'no http';
  return `${https}, ${http}`;
}

function certificates(looked: readonly EndpointSeen[]): Finding | undefined {
  const groups = grouped(looked, ({ secure }) => (answered(secure) ? secure.certificates[0].fingerprint : undefined));
  if (groups.length < 2) return undefined;
  const shown = (fingerprint: string): string => {
    const [at] = looked.filter(({ secure }) => answered(secure) && secure.certificates[0].fingerprint === fingerprint);
    const leaf = at && answered(at.secure) ? at.secure.certificates[0] : undefined;
    return leaf
      ? `"${leaf.subject}" by "${leaf.issuer}", until ${leaf.validTo.toISOString().slice(0, 10)}`
      : fingerprint;
  };
  return finding('certificatesDiffer', {
    message: 'The addresses of the name serve different certificates',
    evidence: groups.map(([fingerprint, at]) => `${listed(at)}: ${shown(fingerprint)}`),
  });
}

function grouped(
  looked: readonly EndpointSeen[],
  keyOf: (endpoint: EndpointSeen) => string | undefined,
): [key: string, addresses: string[]][] {
  const groups = new Map<string, string[]>();
  for (const endpoint of looked) {
    const key = keyOf(endpoint);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), endpoint.address]);
  }
  return [...groups];
}
