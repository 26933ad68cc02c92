import type { Clock } from '../clock/clock.ts';
import type { Draws } from '../draws/draws.ts';
import { isMutating } from './calls.ts';
import type { AwsError, Call, LaggingKind, Service } from './service.ts';

// How long what was changed is not shown, in seconds of AWS time. Source: EC2 developer guide, "Eventual consistency in the
// Amazon EC2 API" (seconds, minutes at worst), and public logs; checked 2026-11-29.
const LAG = { min: 0.5, max: 6 };

type Item = Record<string, unknown>;

/** How a thing is shown until then: as it was before, or not at all. */
interface View {
  until: number;
  before: Item | undefined;
}

/**
 * Eventual consistency. A share of the changes is not seen by what a role calls next: what was created is not found, or is
 * shown without its tags, what was changed is shown as before, and what was deleted is still listed. The person at this
 * machine sees everything at once.
 */
export class Lags {
  readonly #clock: Clock;
  readonly #draws: Draws;
  readonly #share: number;
  /** By id: what nothing finds yet. */
  readonly #unseen = new Map<string, number>();
  /** By read and id. */
  readonly #views = new Map<string, View>();

  constructor({ clock, draws }: { clock: Clock; draws: Draws }, share: number) {
    this.#clock = clock;
    this.#draws = draws;
    this.#share = share;
  }

  /** The service with reads that lag. */
  over(service: Service): Service {
    const { lagging = [] } = service;
    if (this.#share === 0 || lagging.length === 0) return service;
    const operations = Object.entries(service.operations).map(([name, operation]) => [
      name,
      { ...operation, run: (input: never, call: Call) => this.#run(service, lagging, { name, input, call }) },
    ]);
    return { ...service, operations: Object.fromEntries(operations) };
  }

  async #run(
    service: Service,
    kinds: readonly LaggingKind[],
    { name, input, call }: { name: string; input: Item; call: Call },
  ): Promise<unknown> {
    const isRole = call.principal.roleArn !== undefined;
    const named = textsIn(input);
    // A filter for what is not found finds nothing, and is no error.
    const { Filters: _, ...asked } = input;
    const hidden = textsIn(asked).find((id) => this.#isUnseen(id) && kinds.some(({ ids }) => ids.test(id)));
    if (isRole && hidden !== undefined) throw notFound(kinds, hidden);
    const answer = () => service.operations[name]?.run(input, call) as Promise<unknown>;
    if (!isMutating(name))
      return isRole ? this.#asSeen(kinds, { name, input, output: (await answer()) as Item }) : answer();
    if (this.#draws.fraction('wire:lag') >= this.#share) return answer();
    const before = await Promise.all(
      kinds.flatMap(({ read, ...kind }) =>
        read && !read.createdAlone
          ? named.filter((id) => kind.ids.test(id)).map((id) => this.#shown(service, { read, id, call }))
          : [],
      ),
    );
    const output = await answer();
    const until = this.#now() + 1000 * this.#draws.seconds('wire:lag', `${service.name}:${name}`, LAG);
    for (const { key, item } of before) if (item) this.#views.set(key, { until, before: item });
    const made = textsIn(output).filter(
      (id) => !named.includes(id) && !this.#unseen.has(id) && kinds.some((kind) => isMadeBy(kind, name, id)),
    );
    for (const id of new Set(made)) await this.#young(service, kinds, { id, call, until });
    return output;
  }

  /** Not found at all, or without its tags. */
  async #young(
    service: Service,
    kinds: readonly LaggingKind[],
    { id, call, until }: { id: string; call: Call; until: number },
  ): Promise<void> {
    const read = kinds.find((kind) => kind.ids.test(id) && kind.read?.tags)?.read;
    if (!read || this.#draws.fraction('wire:lag:tags') < 0.5) {
      this.#unseen.set(id, until);
      return;
    }
    const { key, item } = await this.#shown(service, { read, id, call });
    if (item) this.#views.set(key, { until, before: { ...item, Tags: [] } });
  }

  async #shown(
    service: Service,
    { read, id, call }: { read: NonNullable<LaggingKind['read']>; id: string; call: Call },
  ): Promise<{ key: string; item: Item | undefined }> {
    const key = `${read.operation} ${id}`;
    try {
      const output = (await service.operations[read.operation]?.run({ [read.byIds]: [id] }, call)) as Item;
      return { key, item: structuredClone((output[read.list] as Item[])[0]) };
    } catch {
      return { key, item: undefined };
    }
  }

  #asSeen(kinds: readonly LaggingKind[], { name, input, output }: { name: string; input: Item; output: Item }): Item {
    const kind = kinds.find(({ read }) => read?.operation === name);
    const read = kind?.read;
    if (!kind || !read) return output;
    const items = (output[read.list] ?? []) as Item[];
    const viewOf = (id: string) => this.#view(`${name} ${id}`);
    const seen = items.flatMap((item) => {
      if (this.#isUnseen(idOf(item, read))) return [];
      const view = viewOf(idOf(item, read));
      if (!view?.before) return [item];
      return isAsked(view.before, input, { read, otherwise: true }) ? [view.before] : [];
    });
    const listed = new Set(items.map((item) => idOf(item, read)));
    const gone = [...this.#views].flatMap(([key, { before }]) =>
      before &&
      key.startsWith(`${name} `) &&
      !listed.has(idOf(before, read)) &&
      viewOf(idOf(before, read)) &&
      isAsked(before, input, { read, otherwise: false })
        ? [before]
        : [],
    );
    const [first] = items;
    const isNamed = [read.byIds, ...(read.byNames ? [read.byNames] : [])].some(
      (each) => ((input[each] ?? []) as unknown[]).length > 0,
    );
    if (isNamed && first && seen.length === 0) throw notFound(kinds, idOf(first, read));
    return { ...output, [read.list]: isNamed ? seen : [...seen, ...gone] };
  }

  #isUnseen(id: string): boolean {
    return (this.#unseen.get(id) ?? 0) > this.#now();
  }

  #view(key: string): View | undefined {
    const view = this.#views.get(key);
    return view && view.until > this.#now() ? view : undefined;
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

function isMadeBy({ ids, createdBy }: LaggingKind, operation: string, id: string): boolean {
  return createdBy === operation && ids.test(id);
}

function notFound(kinds: readonly LaggingKind[], id: string): AwsError {
  const kind = kinds.find(({ ids }) => ids.test(id));
  if (!kind) throw new RangeError(`Cannot tell what "${id}" is`);
  return kind.notFound(id);
}

interface Filter {
  Name?: string;
  Values?: string[];
}

/** Whether what is shown instead is what was asked for; `otherwise` where a filter is about something else. */
function isAsked(
  item: Item,
  input: Item,
  { read, otherwise }: { read: NonNullable<LaggingKind['read']>; otherwise: boolean },
): boolean {
  const holder = read.within && (read.holder?.(item) ?? item[read.within]);
  if (read.within && input[read.within] !== undefined && input[read.within] !== holder) return false;
  return ((input['Filters'] ?? []) as Filter[]).every(({ Name = '', Values = [] }) => {
    const tag = /^tag:(.+)$/.exec(Name)?.[1];
    const tags = (item['Tags'] ?? []) as { Key?: string; Value?: string }[];
    if (tag !== undefined) return Values.includes(tags.find(({ Key }) => Key === tag)?.Value ?? '');
    const member = read.filters?.[Name];
    return member === undefined ? otherwise : Values.includes(String(item[member]));
  });
}

const idOf = (item: Item, { id }: NonNullable<LaggingKind['read']>): string =>
  String(id.split('.').reduce<unknown>((within, member) => (within as Item)[member], item));

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap(textsIn);
}
