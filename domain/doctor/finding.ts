import type { Severity } from '../preflight/finding.ts';
import { CODES, type FindingCode } from './codes.ts';

/** One thing that is wrong with a name, or worth knowing. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** One sentence. */
  message: string;
  /** What was seen, a fact each. */
  evidence: string[];
  /** The fix. */
  fix: string;
  /** The addresses or name servers that it was found at; empty when it is about the name itself. */
  at: string[];
}

interface Particulars {
  message: string;
  evidence?: readonly string[];
  /** Default: that of the code. */
  fix?: string | undefined;
  at?: string;
}

/** A finding of a code, as grave as the code is. */
export function finding(code: FindingCode, { message, evidence = [], fix, at }: Particulars): Finding {
  const { severity, fix: usual } = CODES[code];
  return { code, severity, message, evidence: [...evidence], fix: fix ?? usual, at: at === undefined ? [] : [at] };
}

/** The same finding at several places told once, with all its places and what was seen at each. */
export function merged(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, Finding>();
  for (const found of findings) {
    const key = JSON.stringify([found.code, found.message, found.fix]);
    const known = told.get(key);
    if (!known) {
      told.set(key, found);
      continue;
    }
    const evidence = [...new Set([...known.evidence, ...found.evidence])];
    told.set(key, { ...known, evidence, at: [...new Set([...known.at, ...found.at])] });
  }
  return [...told.values()];
}
