/** Which of a viewer's headers, cookies or query strings something is about. */
export type Sent =
  | { which: 'none' }
  | { which: 'all' }
  | { which: 'some'; names: readonly string[] }
  | { which: 'allExcept'; names: readonly string[] };

export const NONE: Sent = { which: 'none' };
export const ALL: Sent = { which: 'all' };
export const some = (...names: string[]): Sent => ({ which: 'some', names });
export const allExcept = (...names: string[]): Sent => ({ which: 'allExcept', names });

/** Whether one of that name is among them; header names have no case. */
export function includes(sent: Sent, name: string, { ignoreCase = false } = {}): boolean {
  if (sent.which === 'none' || sent.which === 'all') return sent.which === 'all';
  const same = (other: string): boolean => (ignoreCase ? other.toLowerCase() === name.toLowerCase() : other === name);
  return sent.names.some(same) === (sent.which === 'some');
}
