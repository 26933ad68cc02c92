import { AwsError } from '../../../wire/service.ts';

/** Throws InconsistentQuantities where a list says another number than it has, anywhere in a configuration. */
export function checkQuantities(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  const { Quantity, Items } = value as { Quantity?: unknown; Items?: unknown };
  if (typeof Quantity === 'number' && Quantity !== (Array.isArray(Items) ? Items.length : 0)) {
    throw new AwsError('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.');
  }
  for (const member of Object.values(value)) checkQuantities(member);
}
