import type { Draws } from '../draws/draws.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A name as CloudFormation makes it for what the template leaves unnamed: "Nameplate-CreateSiteRole4A1B-1aB2cD3eF4gH",
 * with the logical id, then the stack's name cut until it fits into `max` characters.
 */
export function physicalName(
  draws: Draws,
  { stack, logicalId, max = 255 }: { stack: string; logicalId: string; max?: number | undefined },
): string {
  const draw = (): number => Math.floor(draws.fraction('cloudformation:name') * letters.length);
  const random = Array.from({ length: 12 }, () => letters[draw()]).join('');
  const room = max - random.length - 2;
  const id = logicalId.slice(0, Math.max(room - stack.length, Math.floor(room / 2)));
  return `${stack.slice(0, room - id.length)}-${id}-${random}`;
}
