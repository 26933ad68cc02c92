/**
 * What `cdk` is called with to deploy all of Nameplate. It asks before it widens permissions; without a terminal nobody
 * could answer, and whoever runs it so has decided already.
 */
export function cdkArguments(given: readonly string[], { terminal }: { terminal: boolean }): string[] {
  const says = given.some((argument) => argument.split('=')[0] === '--require-approval');
  return ['deploy', '--all', ...(terminal || says ? [] : ['--require-approval', 'never']), ...given];
}

/** The profile that is asked for: `--profile staging`, `--profile=staging`. */
export function profileIn(given: readonly string[]): string | undefined {
  const at = given.findIndex((argument) => argument === '--profile' || argument.startsWith('--profile='));
  const argument = given[at];
  return argument === '--profile' ? given[at + 1] : argument?.split('=')[1];
}
