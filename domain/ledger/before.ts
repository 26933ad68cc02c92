import type { RecordSet } from '../records/record-set.ts';

/** An adopted record, with its zone. */
export type RecordBefore = { zoneId: string; set: RecordSet };

/** An adopted resource that has tags, with every attribute of it that is changed. */
export type ThingBefore = {
  tags: Record<string, string>;
  /** Of a load balancer. */
  securityGroups?: string[];
  /** Of a listener: all its settings, as ELB returns them. */
  settings?: object;
  /** Of a listener: its SNI certificates besides the default one. */
  certificates?: string[];
  /** Of a target group. */
  healthPath?: string;
  targets?: { id: string; port: number; everyZone?: true }[];
};

/** The distribution that had an alias before it was moved. */
export type AliasBefore = { distributionId: string; domainName: string };

/** What an adopted resource was before it was adopted: undo restores it. */
export type Before = RecordBefore | ThingBefore | AliasBefore;
