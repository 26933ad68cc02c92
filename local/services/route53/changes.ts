import type { ChangeInfo } from '@aws-sdk/client-route-53';
import type { Host } from '../../host.ts';
import { INSYNC_SECONDS } from './delays.ts';

/** A change under way: its id and when it will be everywhere. */
export interface Submitted {
  id: string;
  info: ChangeInfo;
  insyncSeconds: number;
}

/** Every change that was ever submitted, by id. */
export class Changes {
  readonly #host: Host;
  readonly #infos = new Map<string, ChangeInfo>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Submits a change of a zone: PENDING until the drawn time has passed. */
  submit(zoneName: string, comment?: string): Submitted {
    const { clock, draws } = this.#host;
    const id = `C0${draws.hex('route53:change', 19).toUpperCase()}`;
    const insyncSeconds = draws.seconds('route53:insync', `${id} ${zoneName}`, INSYNC_SECONDS);
    const info: ChangeInfo = {
      Id: `/change/${id}`,
      Status: 'PENDING',
      SubmittedAt: clock.now(),
      ...(comment !== undefined && { Comment: comment }),
    };
    this.#infos.set(id, info);
    clock.after(insyncSeconds * 1000, () => this.#infos.set(id, { ...info, Status: 'INSYNC' }));
    return { id, info, insyncSeconds };
  }

  get(id: string): ChangeInfo | undefined {
    return this.#infos.get(id);
  }
}
