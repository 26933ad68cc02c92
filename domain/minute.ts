/** "2026-11-22 14:05 UTC", of an instant as the ledger has it, too. */
export function minute(at: Date | string): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
