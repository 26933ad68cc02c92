/** One measured figure beside what it must reach. */
export interface Row {
  what: string;
  /** The figure, ready to print: "7.9 s". */
  measured: string;
  /** "at most 60 s"; absent when it is only printed. */
  target?: string;
  /** Whether the target is met; absent when there is none. */
  met?: boolean;
  /** Runs, seeds or samples behind the figure. */
  of: string;
  /** The raw figures, for `--json`. */
  values: Record<string, number>;
}

export const row = (what: string, of: string, figures: Omit<Row, 'what' | 'of'>): Row => ({ what, of, ...figures });
