import type { Clock } from '../../clock/clock.ts';
import { AwsError } from '../../wire/service.ts';

/** What the engine does not keep of a table, and AWS does. */
export interface Table {
  name: string;
  region: string;
  createdAt: Date;
  /** Since when it is paid by request, if it is. */
  onDemandAt: Date;
  protected: boolean;
  /** Customer-visible encryption at rest: "AES256" is AWS's own key and shows nowhere. */
  encryption: 'AES256' | 'KMS';
  /** How many days its backups reach back; undefined where they are off. */
  recoveryDays: number | undefined;
  timeToLive: { attribute: string; enabled: boolean } | undefined;
}

/** "table" or its ARN, as clients may give either. */
export const nameOf = (nameOrArn = ''): string => nameOrArn.split('/').at(1) ?? nameOrArn;

export class Tables {
  readonly #clock: Clock;
  readonly #tables = new Map<string, Table>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  add(name: string, region: string): Table {
    const table: Table = {
      name,
      region,
      createdAt: this.#clock.now(),
      onDemandAt: this.#clock.now(),
      protected: false,
      encryption: 'AES256',
      recoveryDays: undefined,
      timeToLive: undefined,
    };
    this.#tables.set(`${region} ${name}`, table);
    return table;
  }

  find(name: string, region: string): Table | undefined {
    return this.#tables.get(`${region} ${name}`);
  }

  /** Throws the error that `code` names when there is no such table. */
  get(name: string, region: string, code = 'ResourceNotFoundException'): Table {
    const table = this.find(name, region);
    if (!table) throw new AwsError(code, `Requested resource not found: Table: ${name} not found`);
    return table;
  }

  delete({ name, region }: Table): void {
    this.#tables.delete(`${region} ${name}`);
  }
}
