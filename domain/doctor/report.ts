import { SEVERITIES } from '../preflight/finding.ts';
import { addresses } from './checks/addresses.ts';
import { agreement } from './checks/agreement.ts';
import { caa } from './checks/caa.ts';
import { certificate } from './checks/certificate.ts';
import { connection } from './checks/connection.ts';
import { delegation } from './checks/delegation.ts';
import { dnssec } from './checks/dnssec.ts';
import { hsts } from './checks/hsts.ts';
import { http } from './checks/http.ts';
import { page } from './checks/page.ts';
import { judged } from './checks/reach.ts';
import { webSocket } from './checks/web-socket.ts';
import { type Finding, merged } from './finding.ts';
import type { Check, Passed, Unseen } from './outcome.ts';
import type { Seen } from './seen.ts';

/** Every check, in the order in which they are told: from the root of DNS to the page. */
const CHECKS = {
  delegation,
  dnssec,
  caa,
  addresses,
  connection,
  certificate,
  page,
  http,
  hsts,
  agreement,
  webSocket,
} satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES = Object.keys(CHECKS) as [CheckName, ...CheckName[]];

export const VERDICTS = ['healthy', 'findings', 'notChecked'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What is well, by the check that says so. */
export interface PassedCheck extends Passed {
  check: CheckName;
}

/** What a name was found to be. */
export interface Report {
  name: string;
  checkedAt: Date;
  /** "findings" with an error or a warning; "notChecked" when nothing could be seen that would say either. */
  verdict: Verdict;
  /** The gravest first, then in the order of the checks. */
  findings: Finding[];
  passed: PassedCheck[];
  unseen: Unseen[];
}

/** What is wrong with a name, and what is well, by all that was seen of it. */
export function examine(seen: Seen): Report {
  const outcomes = CHECK_NAMES.map((check) => ({ check, ...CHECKS[check](seen) }));
  const findings = merged(outcomes.flatMap((each) => each.findings)).toSorted(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  return {
    name: seen.name,
    checkedAt: seen.now,
    verdict: verdictOf(findings, { reached: judged(seen).length > 0 }),
    findings,
    passed: outcomes.flatMap(({ check, passed }) => onceEach(passed).map((each) => ({ check, ...each }))),
    unseen: outcomes.flatMap(({ unseen }) => unseen),
  };
}

/** Of several looks: findings of one are findings; healthy needs one that was seen. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('findings')) return 'findings';
  return verdicts.includes('healthy') ? 'healthy' : 'notChecked';
}

function verdictOf(findings: readonly Finding[], { reached }: { reached: boolean }): Verdict {
  if (findings.some(({ severity }) => severity !== 'info')) return 'findings';
  return reached ? 'healthy' : 'notChecked';
}

/** The same line about several addresses once, with all of them. */
function onceEach(passed: readonly Passed[]): Passed[] {
  const lines = new Map<string, string[]>();
  for (const { message, at } of passed) lines.set(message, [...(lines.get(message) ?? []), ...at]);
  return [...lines].map(([message, at]) => ({ message, at }));
}
