/** Words of `nameplate deploy` and `npm run deploy` that are not CDK's. */
const OURS = ['--yes', '--bootstrap', '--json', '--help', '-h'] as const;

/** What was asked for besides what is handed on to `cdk`. */
export interface Asked {
  /** Do not ask. */
  yes: boolean;
  /** Bootstrap CDK first where it is needed. */
  bootstrap: boolean;
  /** Print outputs and changes as JSON. */
  json: boolean;
  /** Only say how it is used. */
  help: boolean;
  /** CDK's own words. */
  given: string[];
}

export const asked = (words: readonly string[]): Asked => ({
  yes: words.includes('--yes'),
  bootstrap: words.includes('--bootstrap'),
  json: words.includes('--json'),
  help: words.includes('--help') || words.includes('-h'),
  given: words.filter((word) => !OURS.some((ours) => ours === word)),
});

/** Whether somebody has said how to approve the changes, or can be asked. */
export const isApprovable = (
  given: readonly string[],
  { terminal, yes }: { terminal: boolean; yes: boolean },
): boolean => terminal || yes || saysApproval(given);

/** What `cdk` is called with to deploy all of Nameplate: it shows all changes and asks, unless it was told not to. */
export function cdkArguments(given: readonly string[], { yes }: { yes: boolean }): string[] {
  const approval = saysApproval(given) ? [] : ['--require-approval', yes ? 'never' : 'any-change'];
  return ['deploy', '--all', ...approval, ...given];
}

const saysApproval = (given: readonly string[]): boolean =>
  given.some((argument) => argument.split('=')[0] === '--require-approval');

/** The profile that is asked for: `--profile staging`, `--profile=staging`. */
export function profileIn(given: readonly string[]): string | undefined {
  const at = given.findIndex((argument) => argument === '--profile' || argument.startsWith('--profile='));
  const argument = given[at];
  return argument === '--profile' ? given[at + 1] : argument?.split('=')[1];
}
