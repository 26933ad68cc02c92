/** An output that is JSON text already, as its protocol writes it. It is parsed only for callers inside this process. */
export class Written {
  readonly text: string;
  /** The output in the SDK's types. */
  readonly read: () => Promise<unknown>;

  constructor(text: string, read: () => Promise<unknown>) {
    this.text = text;
    this.read = read;
  }
}
