import { computed, signal } from '@preact/signals';
import { get } from './api.ts';

/** Where the console leads, as its own server says. */
export interface Where {
  /** In words: "local AWS", "stack Nameplate in us-east-1". */
  where: string;
  isLocal: boolean;
  /** Requests concern the sites of this tenant alone. */
  tenant?: string;
}

export const where = signal<Where | undefined>(undefined);

export const isLocal = computed(() => where.value?.isLocal === true);

/** Asks once: the server leads to one place for as long as it runs. */
export async function findWhere(): Promise<void> {
  where.value = await get<Where>('/console.json').catch(() => undefined);
}
